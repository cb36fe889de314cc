// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Settings of {@link BandDetector}.
 *
 * @param boundary how rare a residual is at the boundary: 10 to the power of minus this
 * @param tailShare the share of residuals whose size makes the tail
 * @param tailShape the least shape of the tail: 0 as of an exponential distribution, more for a
 *     heavier one; a series whose own tail is heavier has its own
 * @param tailMemory how long the tail remembers
 * @param habit half-life of what a deviation must exceed to be news
 * @param warmUpSamples residuals that a predictor must have seen before it is believed
 * @param levelSamples how many samples the level remembers
 * @param drift how long the mean remembers whose drift is looked at; its usual remembers eight
 *     times as long
 * @param rangeMemory how long it takes to forget that a value was seen
 * @param profileAge age from which a series has an hour-of-day and hour-of-week profile
 * @param profileSkill the hour of the week is used when its error is below this part of that of the
 *     hour of the day
 * @param parts what takes part
 */
public record BandSettings(
    double boundary,
    double tailShare,
    double tailShape,
    Duration tailMemory,
    Duration habit,
    int warmUpSamples,
    int levelSamples,
    Duration drift,
    Duration rangeMemory,
    Duration profileAge,
    double profileSkill,
    Set<Part> parts)
    implements Serializable {

  /** What is shipped. */
  public static final BandSettings DEFAULTS =
      new BandSettings(
          2.8,
          0.02,
          0.2,
          Duration.ofDays(7),
          Duration.ofHours(12),
          20,
          10,
          Duration.ofHours(3),
          Duration.ofDays(14),
          Duration.ofHours(2),
          0.9,
          EnumSet.allOf(Part.class));

  public BandSettings {
    positive("tailShape", tailShape);
    positive("tailMemory", (double) tailMemory.toMillis());
    positive("habit", (double) habit.toMillis());
    positive("warmUpSamples", warmUpSamples);
    positive("levelSamples", levelSamples);
    positive("drift", (double) drift.toMillis());
    positive("rangeMemory", (double) rangeMemory.toMillis());
    positive("profileSkill", profileSkill);
    if (!(tailShare > 0 && tailShare < 0.5)) {
      throw new IllegalArgumentException("tailShare must be between 0 and 0.5");
    }
    if (!(boundary > -Math.log10(tailShare) && boundary <= 15)) {
      throw new IllegalArgumentException(
          "boundary must be at most 15, and more than the digits of tailShare, "
              + -Math.log10(tailShare));
    }
    if (profileAge.isNegative()) {
      throw new IllegalArgumentException("profileAge must not be negative");
    }
    parts = Set.copyOf(parts);
  }

  /**
   * By how much a score grows when what is seen is ten times as rare: scores are linear in decimal
   * digits, 0 at the share that makes the tail and 1 at the boundary.
   */
  public double scorePerDigit() {
    return 1 / (boundary + Math.log10(tailShare));
  }

  /** Whether a part takes part. */
  boolean uses(Part part) {
    return parts.contains(part);
  }

  /** The same without a part. */
  public BandSettings without(Part part) {
    EnumSet<Part> left = EnumSet.allOf(Part.class);
    left.retainAll(parts);
    left.remove(part);
    return new BandSettings(
        boundary,
        tailShare,
        tailShape,
        tailMemory,
        habit,
        warmUpSamples,
        levelSamples,
        drift,
        rangeMemory,
        profileAge,
        profileSkill,
        left);
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be greater than zero");
    }
  }
}
