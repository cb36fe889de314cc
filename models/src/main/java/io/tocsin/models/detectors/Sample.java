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

  /** What is left of what was unusual with the value before, 0 to 1. */
  double habit;

  /** How much of the value is learned at least, since there were so few before. */
  double young;

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
