// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/**
 * An incident as last told, and the severity it was opened with, which names its alert.
 *
 * @param incident its last transition
 * @param openedAs its severity when it was opened
 */
public record Told(Incident incident, Severity openedAs) {}
