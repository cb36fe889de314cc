// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.telemetry.Entity;

/**
 * A line of a log.
 *
 * @param time when it was written, ms since the epoch
 * @param entity who wrote it
 */
public record CaseLine(long time, Entity entity, String text) {}
