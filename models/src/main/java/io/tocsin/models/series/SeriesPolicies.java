// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;

/** Finds out what a series is; asked once per series or finding, not per sample. */
public interface SeriesPolicies {

  /**
   * The policy of a series.
   *
   * @param declared the kind that its sender or its metric's metadata declares; UNKNOWN when they
   *     say nothing
   */
  SeriesPolicy of(Labels labels, MetricKind declared);

  /** What a series is about. */
  Entity entityOf(Labels labels);
}
