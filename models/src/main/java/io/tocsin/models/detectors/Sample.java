// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

/** What all parts need to know of the value at hand beside itself. A cursor, set for each value. */
final class Sample {
  long time;

  /** Time since the value before, ms. */
  double elapsed;

  /** Usual time between two values, ms. */
  double interval;

  /** How much of the value the mean of the last hours learns. */
  double hourRate;

  /** The least scale of a residual: smaller differences are none. */
  double floor;

  /** A residual beyond it is an artefact, which says nothing of what is usual. */
  double absurd;

  /** Number of the hour since the epoch. */
  long hour;

  /** That of the value before. */
  long lastHour;
}
