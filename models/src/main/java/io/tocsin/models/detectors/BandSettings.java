// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import java.io.Serializable;
import java.time.Duration;

/**
 * Settings of {@link BandDetector}.
 *
 * @param recentSamples how many samples the recent level remembers
 * @param baseline how long the baseline level and all errors remember
 * @param width half-width of the band in mean absolute errors of the best predictor
 * @param tailMargin by how much a deviation must exceed what earlier findings have reached
 * @param tailMemory how long it takes to forget what findings have reached
 * @param rangeMemory how long it takes to forget that a value was seen
 * @param insideRange factor on the score of a value that lies within what was seen before
 * @param profileAge age from which a series has an hour-of-day and hour-of-week profile
 * @param profileSkill a profile joins when its error is below this part of the baseline's error
 */
public record BandSettings(
    int recentSamples,
    Duration baseline,
    double width,
    double tailMargin,
    Duration tailMemory,
    Duration rangeMemory,
    double insideRange,
    Duration profileAge,
    double profileSkill)
    implements Serializable {

  /** What is shipped. */
  public static final BandSettings DEFAULTS =
      new BandSettings(
          30,
          Duration.ofDays(1),
          6,
          1.25,
          Duration.ofDays(3),
          Duration.ofDays(14),
          0.7,
          Duration.ofHours(24),
          0.9);

  public BandSettings {
    positive("recentSamples", recentSamples);
    positive("baseline", (double) baseline.toMillis());
    positive("width", width);
    positive("tailMargin", tailMargin);
    positive("tailMemory", (double) tailMemory.toMillis());
    positive("rangeMemory", (double) rangeMemory.toMillis());
    positive("insideRange", insideRange);
    positive("profileAge", (double) profileAge.toMillis());
    positive("profileSkill", profileSkill);
    atMostOne("insideRange", insideRange);
    atMostOne("profileSkill", profileSkill);
  }

  private static void atMostOne(String name, double value) {
    if (value > 1) {
      throw new IllegalArgumentException(name + " must be at most 1, not " + value);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be greater than zero, not " + value);
    }
  }
}
