// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

/**
 * How many series are not as their models expect them.
 *
 * @param judged series that were looked at
 * @param drifting those of them that have surprised their models lately
 */
public record Drift(int judged, int drifting) {}
