// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * Robust level and spread, range novelty and hourly profiles in one band.
 *
 * <p>Four predictors say what the next value will be: a recent level, a baseline level, the hour of
 * the day and the hour of the week. Each is judged by its own error, an exponentially weighted mean
 * of what it missed before (prequential: a value is predicted, then learned). A profile takes the
 * baseline's place when it has predicted better. A value is unusual when both the recent level and
 * that better one of the rest find it so: what was so a minute ago, or is so at this hour, is no
 * news. The boundary is a number of mean errors, or what findings have reached lately and a margin,
 * whichever is more: this makes the series' own tail its threshold. A finding is learned so when it
 * is over, and by half, so that it does not hide itself, and its like is found again a few times
 * before it is the usual. A value inside the range seen before scores less.
 *
 * <p>Learning is robust: a step is clipped at three mean errors, plus a small part of the
 * deviation, so that a lasting change is learned after all (Huber's estimator, made recursive).
 * That part has its limit too: no single value, however absurd, can move a level or an error far.
 */
public final class BandDetector implements Detector {
  static final int COUNT = 0;
  static final int HOUR_SAMPLES = 4;
  static final int RECENT = 8;
  static final int BASE = 16;
  private static final int HOUR_MEAN = 24;
  static final int LAST_TIME = 32;
  static final int BORN = 40;
  static final int RECENT_ERROR = 48;
  static final int BASE_ERROR = 52;
  private static final int DAY_ERROR = 56;
  private static final int WEEK_ERROR = 60;
  static final int LOW = 64;
  static final int HIGH = 68;
  static final int TAIL = 72;
  static final int REACHED = 76;
  static final int UPBRINGING = 80;
  static final int ROW_BYTES = UPBRINGING + Upbringing.BYTES;
  private static final int ROW_BYTES_1 = 80;

  private static final int CLIP = 3;
  private static final double LEAK = 0.05;

  /** In errors or boundaries: what deviates more is learned as if it ended there. */
  private static final double FAR = 1000;

  private static final double PROFILE_RATE = 0.3;

  /** An hour's mean is learned only from this many samples on. */
  private static final int LEAST_HOUR_SAMPLES = 3;

  static final int WARM_UP_SAMPLES = 10;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double CHANCE_EVENTS = 4;
  private static final double CHANCE_DEVIATIONS = 4;

  private static final double TAIL_RATE = 0.5;

  /** In boundaries: farther than this, a lone value is not believed to have reached. */
  private static final double LONE_REACH = 2;

  /** A value that is believed less than this is not alone. */
  private static final double LONE_WEIGHT = 0.5;

  /** Float rounding must not look like a deviation. */
  private static final double RESOLUTION = 1e-6;

  /** Smaller deviations get lost in floats, and are none. */
  private static final double LEAST = 1e-30;

  /** Beyond it, numbers are taken for this one: their differences still fit into floats. */
  private static final double MOST = 1e36;

  private final BandSettings settings;
  private final double baselineMillis;
  private final double tailMillis;
  private final double rangeMillis;
  private final long profileAge;

  /** A cursor; what is learned lies in rows. */
  private final HourProfile.Moment moment = new HourProfile.Moment();

  private final Upbringing upbringing = new Upbringing(UPBRINGING);
  private final BandInheritance inheritance;

  public BandDetector(BandSettings settings) {
    this.settings = settings;
    baselineMillis = settings.baseline().toMillis();
    tailMillis = settings.tailMemory().toMillis();
    profileAge = settings.profileAge().toMillis();
    rangeMillis = settings.rangeMemory().toMillis();
    inheritance = new BandInheritance(settings, upbringing);
  }

  @Override
  public String name() {
    return "band";
  }

  @Override
  public int layout() {
    return 2;
  }

  @Override
  public int rowBytes() {
    return ROW_BYTES;
  }

  @Override
  public int profileBytes() {
    return HourProfile.BYTES;
  }

  @Override
  public boolean wantsProfile(Row state, long time) {
    return state.getInt(COUNT) > 0 && time - state.getLong(BORN) >= profileAge;
  }

  @Override
  public void judge(
      Row state, @Nullable Row profile, long time, double given, Effect effect, Verdict verdict) {
    double value = bounded(given);
    int count = state.getInt(COUNT);
    if (count < WARM_UP_SAMPLES) {
      verdict.set(0, count == 0 ? value : state.getDouble(RECENT), 0, Direction.UP);
      return;
    }
    double recent = state.getDouble(RECENT);
    double recentError = state.getFloat(RECENT_ERROR);
    double expected = state.getDouble(BASE);
    double error = state.getFloat(BASE_ERROR);
    double miss = Math.abs(value - expected);
    if (profile != null) {
      boolean week = state.getFloat(WEEK_ERROR) < state.getFloat(DAY_ERROR);
      double profileError = state.getFloat(week ? WEEK_ERROR : DAY_ERROR);
      moment.move(time);
      double predicted = predict(profile, week);
      if (profileError < settings.profileSkill() * error && !Double.isNaN(predicted)) {
        expected = predicted;
        error = profileError;
        miss = Math.min(miss, HourProfile.distance(profile, moment, week, value));
      }
    }
    double seconds = (time - state.getLong(LAST_TIME)) / MILLIS_PER_SECOND;
    // Wider while little was seen.
    double width = settings.width() * (1 + (double) settings.recentSamples() / count);
    double tail = settings.tailMargin() * state.getFloat(TAIL);
    double least = Math.max(tail, RESOLUTION * Math.abs(value) + LEAST);
    double scale = Math.max(Math.max(least, width * error), smallest(effect, expected, seconds));
    double recentScale =
        Math.max(Math.max(least, width * recentError), smallest(effect, recent, seconds));
    double score = Math.min(ratio(miss, scale), ratio(Math.abs(value - recent), recentScale));
    if ((float) value >= state.getFloat(LOW) && (float) value <= state.getFloat(HIGH)) {
      score *= settings.insideRange();
    }
    if (recentError < error) {
      expected = recent;
      scale = recentScale;
    }
    score = upbringing.limited(state, time, value, score, count > WARM_UP_SAMPLES);
    Direction direction = value >= expected ? Direction.UP : Direction.DOWN;
    verdict.set(Math.min(score, Verdict.MAX_SCORE), expected, scale, direction);
  }

  @Override
  public void learn(Row state, @Nullable Row profile, long time, double given, double weight) {
    double value = bounded(given);
    int count = state.getInt(COUNT);
    if (count == 0) {
      begin(state, time, value);
      return;
    }
    if (count == WARM_UP_SAMPLES && upbringing.hasSiblings(state)) {
      if (upbringing.starts(state, time)) {
        upbringing.learnStart(state, value, weight);
        state.setLong(LAST_TIME, time);
        return;
      }
      settle(state, value);
    }
    double elapsed =
        Math.min(baselineMillis, (double) Math.max(0, time - state.getLong(LAST_TIME)));
    double slow = Math.max(1.0 / (count + 1), elapsed / (elapsed + baselineMillis)) * weight;
    double fast = Math.max(1.0 / (count + 1), 1.0 / settings.recentSamples()) * weight;
    learnTail(state, value, elapsed, weight);
    learnRange(state, value, elapsed, weight);
    if (profile != null) {
      moment.move(time);
      learnProfile(state, profile, value, slow);
    }
    step(state, RECENT, RECENT_ERROR, value, fast);
    step(state, BASE, BASE_ERROR, value, slow);
    gatherHour(state, profile, time, value, weight);
    state.setInt(COUNT, count == Integer.MAX_VALUE ? count : count + 1);
    state.setLong(LAST_TIME, time);
  }

  /** A copy that does less than its siblings is cold; that it does is believed at once. */
  private static void settle(Row state, double value) {
    double level = state.getDouble(RECENT);
    if (value * Math.signum(level) >= 0 && Math.abs(value) < Math.abs(level)) {
      state.setDouble(RECENT, value);
      state.setDouble(BASE, value);
    }
  }

  @Override
  public void inherit(Row state, @Nullable Row profile, Relatives relatives, long time) {
    inheritance.inherit(state, profile, relatives, time);
  }

  @Override
  public void migrate(int layout, Row old, Row migrated) {
    migrated.copyFrom(old, ROW_BYTES_1);
  }

  @Override
  public void migrateProfile(int layout, Row old, Row migrated) {
    migrated.copyFrom(old, HourProfile.BYTES);
  }

  private static void begin(Row state, long time, double value) {
    // A part of the level, from series of the same metric.
    double noise = state.getFloat(RECENT_ERROR) * Math.abs(value);
    state.setFloat(RECENT_ERROR, noise);
    state.setFloat(BASE_ERROR, noise);
    state.setDouble(RECENT, value);
    state.setDouble(BASE, value);
    state.setFloat(LOW, value);
    state.setFloat(HIGH, value);
    state.setLong(BORN, time);
    state.setLong(LAST_TIME, time);
    state.setDouble(HOUR_MEAN, value);
    state.setInt(HOUR_SAMPLES, 1);
    state.setInt(COUNT, 1);
  }

  private static double bounded(double value) {
    return Math.max(-MOST, Math.min(MOST, value));
  }

  /** A deviation smaller than this does not reach the boundary, however quiet the series is. */
  private static double smallest(Effect effect, double expected, double seconds) {
    double smallest = Math.max(effect.absolute(), effect.relative() * Math.abs(expected));
    return effect.counted() && seconds > 0
        ? Math.max(smallest, byChance(Math.max(0, expected) * seconds) / seconds)
        : smallest;
  }

  /**
   * By how much a count may pass its expectation by chance: a bound on the tail of the Poisson
   * distribution, passed about once in a hundred thousand times.
   */
  private static double byChance(double expectedCount) {
    return CHANCE_EVENTS + CHANCE_DEVIATIONS * Math.sqrt(expectedCount);
  }

  private double predict(Row profile, boolean week) {
    return week ? HourProfile.ofWeek(profile, moment) : HourProfile.ofDay(profile, moment);
  }

  private static double ratio(double miss, double scale) {
    return miss == 0 ? 0 : miss / scale;
  }

  /** What findings have reached, each learned when it is over, fading. */
  private void learnTail(Row state, double value, double elapsed, double weight) {
    double tail = state.getFloat(TAIL) * (1 - elapsed / (elapsed + tailMillis));
    double reached = state.getFloat(REACHED);
    if (weight < 1) {
      double recent = Math.abs(value - state.getDouble(RECENT));
      double miss = Math.min(recent, Math.abs(value - state.getDouble(BASE)));
      double error = Math.max(state.getFloat(RECENT_ERROR), state.getFloat(BASE_ERROR));
      double least = far(0, state.getDouble(BASE));
      double boundary = Math.max(least, Math.max(settings.width() * error, tail));
      double most = (weight < LONE_WEIGHT ? FAR : LONE_REACH) * boundary;
      reached = Math.max(reached, Math.min(miss, most));
    } else {
      tail += TAIL_RATE * Math.max(0, reached - tail);
      reached = 0;
    }
    state.setFloat(TAIL, tail);
    state.setFloat(REACHED, reached);
  }

  /** A value widens the range at once, and its memory fades towards the baseline level. */
  private void learnRange(Row state, double value, double elapsed, double weight) {
    double fade = elapsed / (elapsed + rangeMillis);
    double base = state.getDouble(BASE);
    double low = state.getFloat(LOW);
    double high = state.getFloat(HIGH);
    low += fade * Math.max(0, base - low);
    high -= fade * Math.max(0, high - base);
    double most = far(state.getFloat(BASE_ERROR), base);
    state.setFloat(LOW, value < low ? low - weight * Math.min(most, low - value) : low);
    state.setFloat(HIGH, value > high ? high + weight * Math.min(most, value - high) : high);
  }

  private void learnProfile(Row state, Row profile, double value, double rate) {
    learnProfileError(state, DAY_ERROR, HourProfile.ofDay(profile, moment), value, rate);
    learnProfileError(state, WEEK_ERROR, HourProfile.ofWeek(profile, moment), value, rate);
  }

  /** A profile starts with the baseline's error doubled, and must earn its place. */
  private static void learnProfileError(
      Row state, int field, double predicted, double value, double rate) {
    double error = state.getFloat(field);
    if (error == 0) {
      error = 2 * (double) state.getFloat(BASE_ERROR);
    }
    if (!Double.isNaN(predicted)) {
      error += rate * (clip(Math.abs(value - predicted), error, predicted) - error);
    }
    state.setFloat(field, error);
  }

  private static void step(Row state, int level, int errorField, double value, double rate) {
    double error = state.getFloat(errorField);
    double before = state.getDouble(level);
    double miss = value - before;
    // The first samples say what an error is: nothing is clipped before.
    boolean first = state.getInt(COUNT) < WARM_UP_SAMPLES;
    double clipped = first ? Math.abs(miss) : clip(Math.abs(miss), error, before);
    state.setDouble(level, before + rate * Math.copySign(clipped, miss));
    state.setFloat(errorField, error + rate * (clipped - error));
  }

  private static double clip(double miss, double error, double level) {
    double most = CLIP * error;
    return miss <= most ? miss : most + LEAK * Math.min(miss - most, far(error, level));
  }

  /** Of a series without errors yet, as far as if it had the least that can be told apart. */
  private static double far(double error, double level) {
    return FAR * Math.max(error, RESOLUTION * (1 + Math.abs(level)));
  }

  /**
   * The mean of the current hour goes into the profile when the hour is over. Values of a finding
   * are replaced by the recent level, or an incident would be the usual of its hour.
   */
  private static void gatherHour(
      Row state, @Nullable Row profile, long time, double value, double weight) {
    long hour = HourProfile.hour(state.getLong(LAST_TIME));
    int samples = state.getInt(HOUR_SAMPLES);
    if (hour != HourProfile.hour(time)) {
      if (profile != null && samples >= LEAST_HOUR_SAMPLES) {
        HourProfile.learn(profile, hour, state.getDouble(HOUR_MEAN), PROFILE_RATE);
      }
      samples = 0;
    }
    double learned = weight < 1 ? state.getDouble(RECENT) : value;
    double mean = samples == 0 ? learned : state.getDouble(HOUR_MEAN);
    samples++;
    state.setDouble(HOUR_MEAN, mean + (learned - mean) / samples);
    state.setInt(HOUR_SAMPLES, samples);
  }
}
