// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;

/**
 * Something that was looked at and is not the cause.
 *
 * @param entity what was looked at
 * @param reason why it is ruled out, in one clause
 */
public record Cleared(Entity entity, String reason) {}
