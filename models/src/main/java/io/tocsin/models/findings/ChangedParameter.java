// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

/**
 * A variable part of a log pattern that has a value it never had.
 *
 * @param position which of the pattern's parameters it is, from 1
 * @param value what it is now, without secrets
 * @param usual what it was before: its known values, or its range
 */
public record ChangedParameter(int position, String value, String usual) {}
