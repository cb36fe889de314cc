// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.Serializable;
import java.time.Duration;

/**
 * How lines are counted, and when a pattern is news.
 *
 * @param interval lines are counted over this time of theirs
 * @param grace a line that arrives so long after its time counts in the interval of its time; the
 *     interval is judged when this has passed
 * @param backlog one that arrives later than that, but not later than this, counts when it arrives;
 *     what is later still was held back somewhere, and is learned but not counted
 * @param warmUp the patterns of a service that is known for a shorter time are no news
 * @param novelty so long a pattern is new
 * @param boundary how rare a new pattern must be that is at the boundary: 10 to the power of minus
 *     this in an interval
 * @param numbers so many lines of it in a minute make a new pattern that tells no error more than
 *     weak evidence
 * @param memory how long it is remembered how often a service has new patterns
 * @param maxServicesPerShard services beyond this are counted and refused
 * @param retold how often a pattern is written to the topic of patterns again that has not doubled
 */
public record LogSettings(
    Duration interval,
    Duration grace,
    Duration backlog,
    Duration warmUp,
    Duration novelty,
    double boundary,
    int numbers,
    Duration memory,
    int maxServicesPerShard,
    Duration retold)
    implements Serializable {

  /** What is shipped. */
  public static final LogSettings DEFAULTS =
      new LogSettings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          2.8,
          20,
          Duration.ofDays(7),
          200,
          Duration.ofHours(1));

  public LogSettings {
    require(interval.toMillis() >= 1_000, "interval must be 1 s or more");
    require(!grace.isNegative(), "grace must not be negative");
    require(backlog.compareTo(grace) >= 0, "backlog must not be shorter than grace");
    require(!warmUp.isNegative(), "warmUp must not be negative");
    require(novelty.toMillis() > 0, "novelty must be longer than zero");
    require(boundary > 0, "boundary must be greater than zero");
    require(numbers >= 1, "numbers must be 1 or more");
    require(memory.toMillis() > 0, "memory must be longer than zero");
    require(maxServicesPerShard >= 1, "maxServicesPerShard must be 1 or more");
    require(retold.toMillis() > 0, "retold must be longer than zero");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
