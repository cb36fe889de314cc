// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

/**
 * How many series no longer are where their models expect them.
 *
 * @param judged series that were looked at
 * @param drifting those of them whose last hours are off their usual days
 */
public record Drift(int judged, int drifting) {}
