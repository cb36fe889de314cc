// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/**
 * How surprising a new pattern is: the rarer new patterns have been in its service, and the more
 * lines it has, the more.
 *
 * <p>New patterns of a service are taken for a Poisson process. Its rate is what was seen of it,
 * and half a pattern more, over the time for which the service is known; what lies far back counts
 * less. The score is the negative logarithm of the chance of one in an interval, and of the number
 * of lines of the last minute, in boundaries.
 */
final class Novelty {
  /** Said of a pattern that is no news. */
  static final float NONE = -1;

  private static final double UNSEEN = 0.5;

  /** The least time for which something can be known, in intervals. */
  private static final double LEAST_INTERVALS = 4;

  /** Evidence that nobody is paged for. */
  private static final double WEAK_MOST = 0.8;

  private static final int LEAST_ERRORS = 2;
  private static final double LEAST_SHARE = 0.05;

  private final LogSettings settings;

  Novelty(LogSettings settings) {
    this.settings = settings;
  }

  /**
   * How rare a new pattern is, as a negative decimal logarithm, and counts it.
   *
   * @param memory what is known of the like of it, in its service
   * @param known for how long the service is, ms
   * @return {@link #NONE} while it warms up
   */
  float born(Memory memory, long time, long known) {
    double before = memory.count * Math.exp(-(time - memory.time) / (double) span());
    memory.time = time;
    if (known < settings.warmUp().toMillis()) {
      return NONE;
    }
    memory.count = before + 1;
    double interval = settings.interval().toMillis();
    double span = Math.max(LEAST_INTERVALS * interval, (double) Math.min(known, span()));
    double expected = (before + UNSEEN) * interval / span;
    return (float) -Math.log10(-Math.expm1(-expected));
  }

  private long span() {
    return settings.memory().toMillis();
  }

  /**
   * The score of a pattern that is new.
   *
   * @param digits as {@link #born} said
   * @param lines of it in the last minute
   * @param all lines of its service in the last minute
   */
  double score(float digits, int lines, int all, boolean error) {
    if (lines == 0 || digits < 0) {
      return 0;
    }
    double score = (digits + Math.log10(lines)) / settings.boundary();
    boolean telling =
        error ? lines >= LEAST_ERRORS : lines >= settings.numbers() && lines >= LEAST_SHARE * all;
    return telling ? score : Math.min(WEAK_MOST, score);
  }

  /** How many new patterns of a kind a service had lately. */
  static final class Memory {
    double count;
    long time;

    Memory copy() {
      Memory copy = new Memory();
      copy.count = count;
      copy.time = time;
      return copy;
    }
  }
}
