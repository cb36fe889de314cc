// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import java.time.Duration;

/** The rate at which something that comes at any interval is learned and forgotten. */
record Memory(double millis) {
  static Memory of(Duration duration) {
    return new Memory(duration.toMillis());
  }

  /**
   * The weight of a new value in an exponentially weighted mean: of the first values the plain
   * mean, then forgetting by time.
   *
   * @param before how many values were learned before
   * @param elapsed time since the last one, in ms
   */
  double rate(int before, double elapsed) {
    return Math.max(1.0 / (before + 1), elapsed / (elapsed + millis));
  }
}
