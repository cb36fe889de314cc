// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import org.jspecify.annotations.Nullable;

/** A series that is not received but made of others: its labels and where its score lies. */
final class DerivedSeries {
  /** As {@link io.tocsin.models.telemetry.LabelBytes}; never changed. */
  final byte[] labels;

  final int scoredRow;

  /** Not part of the state; found again when null. */
  @Nullable SeriesPolicy policy;

  DerivedSeries(byte[] labels, int scoredRow) {
    this.labels = labels;
    this.scoredRow = scoredRow;
  }
}
