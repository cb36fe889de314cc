// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * How much of a surprise a predictor's residual is: 1 at the boundary. What persists says how rare
 * the residual is among all before; what is news leaves out what was as unusual lately, or at this
 * hour on earlier days.
 *
 * <p>Holds offsets, settings, and the last judgement; what is learned lies in rows.
 */
final class Surprise {
  private static final int COUNT = 0;
  private static final int HABIT = 4;
  private static final int HOUR = 8;

  /** The most of the hour before the one under way. */
  private static final int BEFORE = 12;

  private static final int UP = 16;
  private static final int DOWN = UP + Tail.BYTES;
  static final int BYTES = DOWN + Tail.BYTES;

  /** What an hour is known for must be exceeded by this factor. */
  private static final double HOUR_MARGIN = 1.2;

  /** What is no news still supports what is, but is none by itself. */
  private static final double KNOWN_MOST = 0.5;

  /** Beyond it, rarer is no more of a surprise; what is remembered of hours goes a bit farther. */
  private static final double MOST = 6;

  private final BandSettings settings;
  private final double weight;
  private final long block;
  private final int at;
  private final Tail up;
  private final Tail down;
  private final HourMemory hours;

  private final boolean usesHabit;
  private final boolean usesHours;
  private double persisting;
  private double news;

  /** Whether {@link #persisting} is the rarity of the residual that was to be judged last. */
  private boolean isRated;

  private boolean above;

  /** A time, and how far it is into its block; most samples share theirs. */
  private long blockTime;

  private long intoBlock;

  /**
   * @param weight factor on the score: what this predictor's surprises are worth
   * @param block of each of these times, ms, one residual is learned; 0 for all. What moves slowly
   *     misses again and again by the same, which says little more than once
   * @param at where its part of the row begins
   * @param hoursAt where its part of the profile begins
   */
  Surprise(BandSettings settings, double weight, long block, int at, int hoursAt) {
    this.block = block;
    this.settings = settings;
    this.weight = weight;
    this.usesHabit = settings.uses(Part.HABIT);
    this.usesHours = settings.uses(Part.HOURS);
    this.at = at;
    this.up = new Tail(settings, at + UP);
    this.down = new Tail(settings, at + DOWN);
    this.hours = new HourMemory(hoursAt);
  }

  /** How rare the residual judged last is. */
  double persisting() {
    return persisting;
  }

  /** How rare the residual judged last is, or little when the like of it is no news. */
  double news() {
    return news;
  }

  /** Whether the residual judged last lies above its expectation. */
  boolean above() {
    return above;
  }

  /** Says that there is no residual. */
  void pass() {
    isRated = false;
    persisting = 0;
    news = 0;
  }

  void judge(Row row, @Nullable Row profile, double residual, Sample sample) {
    above = residual >= 0;
    if (row.getInt(at + COUNT) < settings.warmUpSamples()) {
      pass();
      return;
    }
    persisting = rarity(row, residual, sample);
    isRated = true;
    news =
        persisting > 0 && persisting > known(row, profile, sample)
            ? persisting
            : Math.min(persisting, KNOWN_MOST);
  }

  private double rarity(Row row, double residual, Sample sample) {
    Tail tail = residual >= 0 ? up : down;
    double digits = tail.digits(row, Math.abs(residual), sample.floor);
    return Math.min(MOST, weight * digits / settings.boundary());
  }

  private double known(Row row, @Nullable Row profile, Sample sample) {
    double known = usesHabit ? Math.min(HABIT_MOST, habit(row, sample)) : 0;
    if (profile != null && usesHours) {
      known = Math.max(known, HOUR_MARGIN * hours.around(profile, sample.hour));
    }
    return known;
  }

  /** What is far more unusual than the boundary asks for is news however often it comes. */
  private static final double HABIT_MOST = 2;

  private double habit(Row row, Sample sample) {
    return row.getFloat(at + HABIT) * sample.habit;
  }

  /** Whether a time of learning has begun since the value before. */
  private boolean isLearned(Sample sample) {
    if (block == 0) {
      return true;
    }
    if (sample.time != blockTime) {
      blockTime = sample.time;
      intoBlock = Math.floorMod(sample.time, block);
    }
    return sample.elapsed > intoBlock;
  }

  /**
   * Learns a residual.
   *
   * @param judged whether nothing has changed since it was to be judged
   */
  void learn(Row row, @Nullable Row profile, double residual, boolean judged, Sample sample) {
    int count = row.getInt(at + COUNT);
    if (sample.hour != sample.lastHour) {
      turnHour(row, profile, sample);
    }
    if (!judged || !isRated) {
      persisting = count < settings.warmUpSamples() ? 0 : rarity(row, residual, sample);
    }
    row.setFloat(at + HABIT, Math.max(habit(row, sample), persisting));
    row.setFloat(at + HOUR, Math.max(row.getFloat(at + HOUR), persisting));
    if (isLearned(sample)) {
      learnTails(row, residual, sample, count);
      row.setInt(at + COUNT, count == Integer.MAX_VALUE ? count : count + 1);
    }
  }

  /** An hour is learned when the next one is over: what was just so is no earlier day. */
  private void turnHour(Row row, @Nullable Row profile, Sample sample) {
    if (profile != null) {
      hours.learn(profile, sample.lastHour - 1, row.getFloat(at + BEFORE));
    }
    boolean gap = sample.hour > sample.lastHour + 1;
    if (gap && profile != null) {
      hours.learn(profile, sample.lastHour, row.getFloat(at + HOUR));
    }
    row.setFloat(at + BEFORE, gap ? 0 : row.getFloat(at + HOUR));
    row.setFloat(at + HOUR, 0);
  }

  private void learnTails(Row row, double residual, Sample sample, int count) {
    if (count < settings.warmUpSamples()) {
      up.begin(row, residual, count);
      down.begin(row, residual, count);
    } else {
      double every = Math.max((double) block, sample.interval);
      up.learn(row, residual, sample.floor, count, every);
      down.learn(row, -residual, sample.floor, count, every);
    }
  }

  /** By how much the value may exceed its expectation. */
  double upper(Row row, Sample sample) {
    return up.boundary(row, sample.floor);
  }

  /** By how much the value may fall below its expectation. */
  double lower(Row row, Sample sample) {
    return down.boundary(row, sample.floor);
  }

  /** How rare the rarest residual of the hour under way and the one before is. */
  double lately(Row row) {
    return Math.max(row.getFloat(at + HOUR), row.getFloat(at + BEFORE));
  }

  /** Whether the warm-up is over. */
  boolean isKnown(Row row) {
    return row.getInt(at + COUNT) >= settings.warmUpSamples();
  }

  /** Makes what was inherited something of which little is known yet. */
  void rejuvenate(Row row) {
    row.setFloat(at + HABIT, 0);
    row.setFloat(at + HOUR, 0);
    row.setFloat(at + BEFORE, 0);
    up.rejuvenate(row);
    down.rejuvenate(row);
  }

  /**
   * Widens what was inherited so that it holds another's, of a series whose level is so far off.
   */
  void join(Row row, Row other, double apart) {
    up.join(row, other, apart);
    down.join(row, other, apart);
  }

  /** The mean residual. */
  double mean(Row row) {
    return Math.max(up.mean(row), down.mean(row));
  }

  /** Starts as if so many residuals had been seen, of this mean. */
  void start(Row row, double mean, int count) {
    row.setInt(at + COUNT, count);
    up.start(row, mean);
    down.start(row, mean);
  }
}
