// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;

/** Finds the policy of a series; asked once per series, not per sample. */
public interface SeriesPolicies {

  /**
   * The policy of a series.
   *
   * @param declared the kind that its sender or its metric's metadata declares; UNKNOWN when they
   *     say nothing
   */
  SeriesPolicy of(Labels labels, MetricKind declared);
}
