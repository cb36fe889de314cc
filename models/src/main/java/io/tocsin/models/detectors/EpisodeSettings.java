// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a run of deviating values becomes a finding, and when it is over.
 *
 * @param weak a finding begins at this score
 * @param over a finding ends when the score stays below this
 * @param confirmSamples so many values in a row must reach the boundary before it counts as reached
 * @param endSamples so many values in a row must be below {@code over} for a confirmed finding to
 *     end
 * @param refractory a new deviation within this time of the end resumes the finding
 * @param repeat a finding that lasts is said again after this time
 * @param rebase a finding that has lasted this long is learned as the new normal
 */
public record EpisodeSettings(
    double weak,
    double over,
    int confirmSamples,
    int endSamples,
    Duration refractory,
    Duration repeat,
    Duration rebase)
    implements Serializable {

  /** They are counted in bytes. */
  private static final int MOST_SAMPLES = 100;

  /** What is shipped. */
  public static final EpisodeSettings DEFAULTS =
      new EpisodeSettings(
          0.5, 0.35, 2, 3, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofHours(1));

  public EpisodeSettings {
    require(
        over > 0 && over <= weak && weak < 1,
        "over and weak must be ordered as 0 < over <= weak < 1");
    requireSamples("confirmSamples", confirmSamples);
    requireSamples("endSamples", endSamples);
    require(!refractory.isNegative(), "refractory must not be negative");
    require(!repeat.isNegative() && !repeat.isZero(), "repeat must be longer than zero");
    require(!rebase.isNegative(), "rebase must not be negative");
  }

  private static void requireSamples(String name, int samples) {
    require(samples >= 1 && samples <= MOST_SAMPLES, name + " must be from 1 to " + MOST_SAMPLES);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
