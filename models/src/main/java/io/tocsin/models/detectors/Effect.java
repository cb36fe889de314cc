// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

/**
 * The least deviation that matters to anybody, whatever the noise of the series.
 *
 * @param absolute in the unit of the value
 * @param relative as a part of the expected value
 * @param counted whether the value is a rate of things that are counted one by one: such a rate
 *     jumps by chance alone, the more so the shorter the time it was counted over
 */
public record Effect(double absolute, double relative, boolean counted) {

  /** For a value that is measured, not counted. */
  public Effect(double absolute, double relative) {
    this(absolute, relative, false);
  }

  public Effect {
    if (!(absolute >= 0) || !(relative >= 0)) {
      throw new IllegalArgumentException("the least effect must be zero or more");
    }
  }
}
