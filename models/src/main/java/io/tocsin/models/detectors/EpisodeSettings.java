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
    if (!(over > 0 && over <= weak && weak < 1)) {
      throw new IllegalArgumentException("over and weak must be ordered as 0 < over <= weak < 1");
    }
    if (confirmSamples < 1
        || endSamples < 1
        || confirmSamples > MOST_SAMPLES
        || endSamples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "confirmSamples and endSamples must be from 1 to " + MOST_SAMPLES);
    }
    if (refractory.isNegative() || repeat.isNegative() || repeat.isZero() || rebase.isNegative()) {
      throw new IllegalArgumentException("refractory, repeat and rebase must be positive");
    }
  }
}
