// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a new row of {@link BandDetector} starts with. From siblings: all that the one seen longest
 * has learned, widened until it holds what the others do, with the weight of a few samples only.
 * From other series of the metric: how much they waver, as a part of their level. From a row of an
 * earlier release: what both have in common.
 */
final class BandInheritance {
  /** Rows of the first layout. */
  private static final int OLD_COUNT = 0;

  private static final int OLD_RECENT = 8;
  private static final int OLD_BASE = 16;
  private static final int OLD_LAST_TIME = 32;
  private static final int OLD_BORN = 40;
  private static final int OLD_RECENT_ERROR = 48;
  private static final int OLD_BASE_ERROR = 52;
  private static final int OLD_LOW = 64;
  private static final int OLD_HIGH = 68;

  /** The last two of the surprises; the first two are about the last samples. */
  private static final int FIRST_OF_LEVELS = 2;

  private final BandSettings settings;
  private final Upbringing upbringing;
  private final Surprises surprises;
  private final Rhythm rhythm;
  private final FlatLine flat;
  private final Recurrence recurrence;
  private final SeenRange range;

  BandInheritance(
      BandSettings settings,
      Upbringing upbringing,
      Surprises surprises,
      Rhythm rhythm,
      FlatLine flat,
      Recurrence recurrence,
      SeenRange range) {
    this.settings = settings;
    this.upbringing = upbringing;
    this.surprises = surprises;
    this.rhythm = rhythm;
    this.flat = flat;
    this.recurrence = recurrence;
    this.range = range;
  }

  /** As {@link Detector#inherit} says. */
  void inherit(Row state, @Nullable Row profile, Relatives relatives, long time) {
    int eldest = eldest(relatives);
    if (eldest < 0) {
      return;
    }
    if (!relatives.siblings()) {
      inheritNoise(state, relatives);
      return;
    }
    relatives.move(eldest);
    state.copyFrom(relatives.state(), BandDetector.UPBRINGING);
    Row usual = relatives.profile();
    if (profile != null && usual != null) {
      profile.copyFrom(usual, BandDetector.PROFILE_BYTES);
    }
    flat.begin(state, time);
    rhythm.startHour(state);
    recurrence.startHour(state);
    state.setLong(Levels.LAST_TIME, time - relatives.interval());
    state.setInt(Levels.COUNT, settings.warmUpSamples());
    for (int i = 0; i < Surprises.COUNT; i++) {
      surprises.of(i).rejuvenate(state);
    }
    range.inherit(state, relatives.state());
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      if (isKnown(relatives.state())) {
        join(state, relatives.state());
      }
    }
    upbringing.begin(state, state.getFloat(Levels.LOW), state.getFloat(Levels.HIGH), time);
  }

  /**
   * Has a series that has just started begin at its own level where that is among its siblings' or
   * nearer to zero; what is beyond them all has to be explained.
   *
   * @return whether it does so now
   */
  boolean settle(Row state, double value) {
    if (state.getInt(Levels.COUNT) != settings.warmUpSamples() || !upbringing.hasSiblings(state)) {
      return false;
    }
    double level = state.getDouble(Levels.LEVEL);
    boolean less = value * Math.signum(level) >= 0 && Math.abs(value) < Math.abs(level);
    boolean settles = less || upbringing.holds(state, value);
    if (settles) {
      Levels.setAll(state, value);
    }
    return settles;
  }

  /** The one that was seen most, of those that were seen enough; -1 when there is none. */
  private int eldest(Relatives relatives) {
    int eldest = -1;
    int most = 0;
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      Row state = relatives.state();
      if (isKnown(state) && state.getInt(Levels.COUNT) > most) {
        most = state.getInt(Levels.COUNT);
        eldest = n;
      }
    }
    return eldest;
  }

  /** Whether enough was seen of a series, or of those that it started from. */
  private boolean isKnown(Row state) {
    return state.getInt(Levels.COUNT) > 2 * settings.warmUpSamples()
        || upbringing.hasSiblings(state);
  }

  /** Widens what a new series starts from, so that it holds what one more sibling does. */
  private void join(Row state, Row sibling) {
    double apart = Math.abs(state.getDouble(Levels.LEVEL) - sibling.getDouble(Levels.LEVEL));
    for (int i = 0; i < Surprises.COUNT; i++) {
      surprises.of(i).join(state, sibling, i < FIRST_OF_LEVELS ? 0 : apart);
    }
    upbringing.join(state, sibling);
    range.join(state, sibling);
    state.setFloat(Levels.LOW, Math.min(state.getFloat(Levels.LOW), sibling.getFloat(Levels.LOW)));
    state.setFloat(
        Levels.HIGH, Math.max(state.getFloat(Levels.HIGH), sibling.getFloat(Levels.HIGH)));
  }

  /** Of other workloads' series only their noise says something: a part of their level. */
  private void inheritNoise(Row state, Relatives relatives) {
    double most = 0;
    for (int n = 0; n < relatives.size(); n++) {
      relatives.move(n);
      Row other = relatives.state();
      double level = Math.abs(other.getDouble(Levels.SLOW));
      if (isKnown(other) && level > 0) {
        most = Math.max(most, Math.min(1, surprises.of(Surprises.LEVEL).mean(other) / level));
      }
    }
    // Until the first value is known, the size holds the noise.
    state.setFloat(Levels.SIZE, most);
  }

  /** Turns noise that was inherited as a part of the level into residuals. */
  void beginNoise(Row state, double value) {
    double noise = state.getFloat(Levels.SIZE) * Math.abs(value);
    if (noise > 0) {
      for (int i = 0; i < Surprises.COUNT; i++) {
        surprises.of(i).start(state, noise, settings.warmUpSamples() / 2);
      }
    }
  }

  /** Fills a row from one of an earlier layout. */
  void migrate(int layout, Row old, Row migrated) {
    if (layout == 3) {
      migrated.copyFrom(old, BandDetector.AROUND);
      return;
    }
    if (layout == 1) {
      migrateFirst(old, migrated);
    } else {
      migrated.copyFrom(old, BandDetector.RANGE);
    }
    double low = migrated.getFloat(Levels.LOW);
    double high = migrated.getFloat(Levels.HIGH);
    // What was known of the range forgot in two weeks: it must be left by far to be news.
    range.begin(
        migrated, low, high, Math.max(high - low, surprises.of(Surprises.LEVEL).mean(migrated)));
  }

  private void migrateFirst(Row old, Row migrated) {
    int count = old.getInt(OLD_COUNT);
    if (count == 0) {
      return;
    }
    double recent = old.getDouble(OLD_RECENT);
    double error = Math.max(old.getFloat(OLD_RECENT_ERROR), old.getFloat(OLD_BASE_ERROR));
    migrated.setInt(Levels.COUNT, count);
    migrated.setLong(Levels.LAST_TIME, old.getLong(OLD_LAST_TIME));
    migrated.setDouble(Levels.LAST, recent);
    migrated.setDouble(Levels.LEVEL, recent);
    migrated.setDouble(Levels.FAST, recent);
    migrated.setDouble(Levels.SLOW, old.getDouble(OLD_BASE));
    migrated.setFloat(Levels.SIZE, Math.abs(old.getDouble(OLD_BASE)));
    migrated.setFloat(Levels.LOW, old.getFloat(OLD_LOW));
    migrated.setFloat(Levels.HIGH, old.getFloat(OLD_HIGH));
    flat.begin(migrated, old.getLong(OLD_BORN));
    for (int i = 0; i < Surprises.COUNT; i++) {
      surprises.of(i).start(migrated, error, Math.min(count, settings.warmUpSamples()));
    }
  }
}
