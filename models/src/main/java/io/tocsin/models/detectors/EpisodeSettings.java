// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a run of deviating values becomes a finding, and when it is over.
 *
 * @param weak a finding begins at this score
 * @param over a weak finding ends when the score is below this
 * @param confirmWithin where samples are closer than this, a value that reaches the boundary must
 *     be followed by one that nearly does before it counts
 * @param second how near that one must come
 * @param near two values in a row that come this near count, though neither reaches the boundary
 * @param sure where samples are at least {@code lone} apart, a value of this score counts alone
 * @param lone samples closer than this never count alone
 * @param hold a confirmed finding lasts while the deviation is at least this part of what it was
 * @param endSamples so many values in a row must deviate less for a confirmed finding to end
 * @param refractory a new deviation within this time of the end resumes the finding
 * @param repeat a finding that lasts is said again after this time
 * @param rebase a finding that has lasted this long is over: this is the new normal
 * @param rebaseSymptom the same for metrics whose deviation users feel
 */
public record EpisodeSettings(
    double weak,
    double over,
    Duration confirmWithin,
    double second,
    double near,
    double sure,
    Duration lone,
    double hold,
    int endSamples,
    Duration refractory,
    Duration repeat,
    Duration rebase,
    Duration rebaseSymptom)
    implements Serializable {

  /** They are counted in bytes. */
  private static final int MOST_SAMPLES = 100;

  /** What is shipped. */
  public static final EpisodeSettings DEFAULTS =
      new EpisodeSettings(
          0.5,
          0.35,
          Duration.ofSeconds(150),
          0.64,
          0.85,
          1.3,
          Duration.ofSeconds(45),
          0.5,
          3,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofHours(12));

  public EpisodeSettings {
    require(
        over > 0 && over <= weak && weak < 1,
        "over and weak must be ordered as 0 < over <= weak < 1");
    require(!confirmWithin.isNegative(), "confirmWithin must not be negative");
    require(second >= weak && second <= 1, "second must be from weak to 1");
    require(near >= weak && near <= 1, "near must be from weak to 1");
    require(sure >= 1, "sure must be at least 1");
    require(!lone.isNegative(), "lone must not be negative");
    require(hold > 0 && hold <= 1, "hold must be greater than 0, and at most 1");
    requireSamples("endSamples", endSamples);
    require(!refractory.isNegative(), "refractory must not be negative");
    require(!repeat.isNegative() && !repeat.isZero(), "repeat must be longer than zero");
    require(!rebase.isNegative(), "rebase must not be negative");
    require(!rebaseSymptom.isNegative(), "rebaseSymptom must not be negative");
  }

  /**
   * The same for findings about something that has a score and no value: what is held is the score,
   * down to that at which a weak finding ends, and only one that reaches the boundary is confirmed.
   *
   * @param endSamples so many scores in a row must be lower for a confirmed finding to end
   */
  public EpisodeSettings ofScores(int endSamples) {
    return new EpisodeSettings(
        weak,
        over,
        confirmWithin,
        second,
        1,
        sure,
        lone,
        over,
        endSamples,
        refractory,
        repeat,
        rebase,
        rebaseSymptom);
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
