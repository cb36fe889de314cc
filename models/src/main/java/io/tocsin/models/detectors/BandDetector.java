// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.rows.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A portfolio of simple predictors, each judged by the tail of what it missed before.
 *
 * <p>Four predictors say what the next value will be: the last value, the level of the last few,
 * the usual of the hour, and, for the mean of the last hours, that of the last days. How rare a
 * predictor's residual is follows from its own past alone ({@link Tail}), so that nothing is tuned
 * for one series; what was as unusual lately, or at this hour on earlier days, is no news ({@link
 * Surprise}). The most surprised predictor counts three times as much as the next one: one alone
 * must be very sure. A score of 1 is the boundary; what no tail thinks rare scores 0.
 *
 * <p>A value is judged before it is learned. No value, however absurd, is learned beyond some
 * scales of what is known, so that a lasting change is learned after all, and a lone one is not.
 */
public final class BandDetector implements Detector {
  static final int COUNT = 0;
  static final int INTERVAL = 4;
  static final int LAST_TIME = 8;
  static final int LAST = 16;
  static final int LEVEL = 24;
  static final int FAST = 32;
  static final int SLOW = 40;
  static final int SIZE = 48;
  static final int LOW = 52;
  static final int HIGH = 56;
  private static final int FLAT = 60;
  private static final int RHYTHM = FLAT + FlatLine.BYTES;
  private static final int SURPRISES = RHYTHM + Rhythm.BYTES;
  static final int UPBRINGING = SURPRISES + 4 * Surprise.BYTES;
  static final int ROW_BYTES = UPBRINGING + Upbringing.BYTES;
  static final int PROFILE_BYTES = HourProfile.BYTES + 4 * HourMemory.BYTES;

  /** Models by number; what was told by number stays so. */
  private static final List<String> MODELS = List.of("jump", "level", "rhythm", "drift", "flat");

  private static final Part[] PREDICTORS = {Part.JUMP, Part.LEVEL, Part.RHYTHM, Part.DRIFT};

  /** Of each of these times, ms, one residual is learned; 0 for all. */
  private static final long[] BLOCKS = {0, 0, 300_000, 900_000};

  private static final int FLAT_MODEL = 4;

  /** What the surprises of each are worth: jumps come easily, and drifts take their time. */
  private static final double[] WEIGHTS = {0.9, 1, 1, 0.9};

  /** Of the score: the part of the most surprised predictor, the rest is the next one's. */
  private static final double FIRST = 0.75;

  private static final int FIRST_DRIFT = 10;
  private static final double DRIFT_INTERVALS = 12;
  private static final double SLOWER = 8;
  private static final double INTERVAL_RATE = 0.01;
  private static final double MOST_INTERVALS = 4;
  private static final double GAP_INTERVALS = 10;
  private static final double SIZE_RATE = 0.001;

  /** Of the usual size of the values: the least scale of a residual. */
  private static final double LEAST_SCALE = 0.03;

  /** In boundaries: how far outside of the range a value is believed to widen it. */
  private static final double FAR = 1000;

  private static final double MILLIS_PER_SECOND = 1000;
  private static final double CHANCE_EVENTS = 4;
  private static final double CHANCE_DEVIATIONS = 4;

  /** Float rounding must not look like a deviation. */
  private static final double RESOLUTION = 1e-6;

  /** Smaller deviations get lost in floats, and are none. */
  private static final double LEAST = 1e-30;

  /** Beyond it, numbers are taken for this one: their differences still fit into floats. */
  private static final double MOST = 1e36;

  private final BandSettings settings;
  private final double anchor;
  private final boolean usesFlat;
  private final boolean[] uses = new boolean[WEIGHTS.length];
  private final Rhythm rhythm;
  private final FlatLine flat = new FlatLine(FLAT);
  private final Surprise[] surprises = new Surprise[WEIGHTS.length];
  private final Upbringing upbringing = new Upbringing(UPBRINGING);
  private final BandInheritance inheritance;

  /** Cursors; what is learned lies in rows. */
  private final Sample sample = new Sample();

  private final double[] residuals = new double[WEIGHTS.length];
  private final double[] expected = new double[WEIGHTS.length];

  public BandDetector(BandSettings settings) {
    this.settings = settings;
    rhythm = new Rhythm(settings, RHYTHM);
    usesFlat = settings.uses(Part.FLAT);
    for (int i = 0; i < surprises.length; i++) {
      uses[i] = settings.uses(PREDICTORS[i]);
      surprises[i] =
          new Surprise(
              settings,
              WEIGHTS[i],
              BLOCKS[i],
              SURPRISES + i * Surprise.BYTES,
              HourProfile.BYTES + i * HourMemory.BYTES);
    }
    anchor = -Math.log10(settings.tailShare()) / settings.boundary();
    inheritance = new BandInheritance(settings, upbringing, surprises, rhythm, flat);
  }

  @Override
  public String name() {
    return "band";
  }

  @Override
  public List<String> models() {
    return MODELS;
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
    return PROFILE_BYTES;
  }

  @Override
  public boolean wantsProfile(Row state, long time) {
    return state.getInt(COUNT) > 0 && time - flat.born(state) >= settings.profileAge().toMillis();
  }

  @Override
  public void judge(
      Row state, @Nullable Row profile, long time, double given, Effect effect, Verdict verdict) {
    double value = bounded(given);
    int count = state.getInt(COUNT);
    if (count == 0) {
      verdict.set(0, 0, value, 0, 0, 0);
      return;
    }
    look(state, profile, time, value);
    if (upbringing.isCold(state, time, value)) {
      // Neither the hours nor the days of the siblings say when a cold one is warm.
      residuals[2] = Double.NaN;
      residuals[3] = Double.NaN;
    }
    int first = -1;
    int narrowest = 0;
    double most = 0;
    double next = 0;
    double news = 0;
    double nextNews = 0;
    for (int i = 0; i < surprises.length; i++) {
      if (Double.isNaN(residuals[i])) {
        surprises[i].pass();
        continue;
      }
      Surprise surprise = surprises[i];
      surprise.judge(state, profile, residuals[i], sample);
      if (surprise.persisting() > most) {
        next = most;
        most = surprise.persisting();
        first = i;
      } else {
        next = Math.max(next, surprise.persisting());
      }
      if (surprise.news() > news) {
        nextNews = news;
        news = surprise.news();
      } else {
        nextNews = Math.max(nextNews, surprise.news());
      }
      narrowest = surprise.isKnown(state) ? i : narrowest;
    }
    say(state, value, effect, verdict, first < 0 ? narrowest : first, join(most, next), join(news, nextNews));
  }

  /** Of two surprises, what exceeds the share of residuals that every tail begins with. */
  private double join(double first, double next) {
    return Math.max(0, (FIRST * first + (1 - FIRST) * next - anchor) / (1 - anchor));
  }

  private void say(
      Row state, double value, Effect effect, Verdict verdict, int model, double persisting, double news) {
    boolean moved = value != state.getDouble(LAST);
    double still = usesFlat ? flat.score(state, moved, sample) : 0;
    if (still > Math.max(1, persisting)) {
      verdict.set(still, still, value, 0, 0, FLAT_MODEL);
      verdict.since(flat.since(state), Direction.DOWN);
      return;
    }
    double deviation = Math.abs(residuals[model]);
    double smallest = smallest(effect, expected[model], value);
    double limited = limit(state, value, persisting, deviation, smallest);
    Surprise surprise = surprises[model];
    verdict.set(
        Math.min(news, limited),
        limited,
        expected[model],
        Math.max(surprise.lower(state, sample), smallest),
        Math.max(surprise.upper(state, sample), smallest),
        model);
    verdict.since(sample.time, surprise.above() ? Direction.UP : Direction.DOWN);
    double half = (surprises[1].lower(state, sample) + surprises[1].upper(state, sample)) / 2;
    verdict.deviation(half > 0 ? residuals[1] / Math.max(half, smallest) : 0);
  }

  /** The score, as far as the deviation matters and siblings do not do the same. */
  private double limit(Row state, double value, double score, double deviation, double smallest) {
    double limited = Math.min(score, Verdict.MAX_SCORE);
    if (deviation < smallest) {
      limited = Math.min(limited, deviation / smallest);
    }
    return upbringing.limited(
        state, sample.time, value, limited, state.getInt(COUNT) > settings.warmUpSamples());
  }

  @Override
  public void learn(Row state, @Nullable Row profile, long time, double given, double weight) {
    double value = bounded(given);
    int count = state.getInt(COUNT);
    if (count == 0) {
      begin(state, time, value);
      return;
    }
    if (upbringing.starts(state, time)) {
      upbringing.learnStart(state, time, value);
      state.setLong(LAST_TIME, time);
      return;
    }
    inheritance.settle(state, value);
    look(state, profile, time, value);
    for (int i = 0; i < surprises.length; i++) {
      if (!Double.isNaN(residuals[i])) {
        surprises[i].learn(state, profile, residuals[i], sample);
      }
    }
    if (profile != null) {
      rhythm.learn(state, profile, value, sample);
    }
    flat.learn(state, value != state.getDouble(LAST), value == 0 || isFar(state), sample);
    learnRange(state, value, weight);
    learnLevels(state, value, count, weight);
    state.setFloat(INTERVAL, sample.interval);
    state.setInt(COUNT, count == Integer.MAX_VALUE ? count : count + 1);
    state.setLong(LAST_TIME, time);
  }

  /** Sets the cursors: what is expected, and what is missed. */
  private void look(Row state, @Nullable Row profile, long time, double value) {
    int count = state.getInt(COUNT);
    long last = state.getLong(LAST_TIME);
    sample.time = time;
    sample.elapsed = Math.max(0, time - last);
    double interval = state.getFloat(INTERVAL);
    sample.interval =
        interval == 0
            ? sample.elapsed
            : interval
                + INTERVAL_RATE * (Math.min(sample.elapsed, MOST_INTERVALS * interval) - interval);
    sample.hour = HourProfile.hour(time);
    sample.lastHour = HourProfile.hour(last);
    sample.floor = LEAST_SCALE * state.getFloat(SIZE) + LEAST;
    expect(0, state.getDouble(LAST), value);
    expect(1, state.getDouble(LEVEL), value);
    double usual = profile == null ? Double.NaN : rhythm.predict(state, profile, time);
    expect(2, usual, value);
    if (profile != null && !Double.isNaN(residuals[2])) {
      residuals[2] = rhythm.residual(state, profile, usual, value);
      if (isGap()) {
        // What was a while ago says little of what is now.
        residuals[0] = nearer(residuals[0], residuals[2]);
        residuals[1] = nearer(residuals[1], residuals[2]);
      }
    }
    double rate = Math.max(rate(driftMillis()), 1.0 / (count + 1));
    double mean = state.getDouble(FAST) + rate * (value - state.getDouble(FAST));
    expect(3, count < FIRST_DRIFT ? Double.NaN : state.getDouble(SLOW), mean);
  }

  private boolean isGap() {
    return sample.elapsed > GAP_INTERVALS * sample.interval;
  }

  /** Whether the value is where a level shift would be told. */
  private boolean isFar(Row state) {
    return residuals[1] > surprises[1].upper(state, sample)
        || -residuals[1] > surprises[1].lower(state, sample);
  }

  private static double nearer(double residual, double other) {
    return Math.copySign(Math.min(Math.abs(residual), Math.abs(other)), residual);
  }

  private void expect(int model, double prediction, double value) {
    expected[model] = prediction;
    residuals[model] = uses[model] ? value - prediction : Double.NaN;
  }

  private double driftMillis() {
    return Math.max(settings.drift().toMillis(), DRIFT_INTERVALS * sample.interval);
  }

  /** Weight of a value in a mean that remembers so long. */
  private double rate(double millis) {
    return sample.elapsed / (sample.elapsed + millis);
  }

  private void learnLevels(Row state, double value, int count, double weight) {
    double young = 1.0 / (count + 1);
    double level = Math.max(1.0 / settings.levelSamples(), young) * weight;
    double near = near(state, value);
    step(state, LEVEL, near, isGap() ? 1 : level);
    step(state, FAST, near, Math.max(rate(driftMillis()), young));
    step(state, SLOW, near, Math.max(rate(SLOWER * driftMillis()), young) * weight);
    double size = state.getFloat(SIZE);
    // No single value, however absurd, makes all others small.
    double believed = size > 0 ? Math.min(Math.abs(value), FAR * size) : Math.abs(value);
    state.setFloat(SIZE, size + Math.max(SIZE_RATE, young) * (believed - size));
    state.setDouble(LAST, value);
  }

  /** No single value, however absurd, takes the levels so far that they are long in coming back. */
  private double near(Row state, double value) {
    double level = state.getDouble(LEVEL);
    double most = state.getFloat(SIZE) > 0 ? FAR * sample.floor : MOST;
    return Math.max(level - most, Math.min(level + most, value));
  }

  private static void step(Row state, int field, double value, double rate) {
    double level = state.getDouble(field);
    state.setDouble(field, level + rate * (value - level));
  }

  private void begin(Row state, long time, double value) {
    inheritance.beginNoise(state, value);
    setLevels(state, value);
    state.setFloat(SIZE, Math.abs(value));
    state.setFloat(LOW, value);
    state.setFloat(HIGH, value);
    state.setLong(LAST_TIME, time);
    state.setInt(COUNT, 1);
    flat.begin(state, time);
  }

  /** Makes a value the level of the last samples and of the last days. */
  static void setLevels(Row state, double value) {
    for (int field : new int[] {LAST, LEVEL, FAST, SLOW}) {
      state.setDouble(field, value);
    }
  }

  @Override
  public void rebase(Row state, @Nullable Row profile, long time, double given) {
    double value = bounded(given);
    double shift = value - state.getDouble(LEVEL);
    for (int field : new int[] {LEVEL, FAST, SLOW}) {
      state.setDouble(field, bounded(state.getDouble(field) + shift));
    }
    if (profile != null) {
      rhythm.rebase(state, profile, time, value);
    }
  }

  @Override
  public void inherit(Row state, @Nullable Row profile, Relatives relatives, long time) {
    inheritance.inherit(state, profile, relatives, time);
  }

  @Override
  public void migrate(int layout, Row old, Row migrated) {
    inheritance.migrate(old, migrated);
  }

  @Override
  public void migrateProfile(int layout, Row old, Row migrated) {
    migrated.copyFrom(old, HourProfile.BYTES);
  }

  private static double bounded(double value) {
    return Math.max(-MOST, Math.min(MOST, value));
  }

  /** A deviation smaller than this does not reach the boundary, however quiet the series is. */
  private double smallest(Effect effect, double expectation, double value) {
    double smallest = Math.max(effect.absolute(), effect.relative() * Math.abs(expectation));
    double resolution = RESOLUTION * Math.abs(value) + LEAST;
    double seconds = sample.elapsed / MILLIS_PER_SECOND;
    return Math.max(
        resolution,
        effect.counted() && seconds > 0
            ? Math.max(smallest, byChance(Math.max(0, expectation) * seconds) / seconds)
            : smallest);
  }

  /**
   * By how much a count may pass its expectation by chance: a bound on the tail of the Poisson
   * distribution, passed about once in a hundred thousand times.
   */
  private static double byChance(double expectedCount) {
    return CHANCE_EVENTS + CHANCE_DEVIATIONS * Math.sqrt(expectedCount);
  }

  /** A value widens the range at once, and its memory fades towards the level of days. */
  private void learnRange(Row state, double value, double weight) {
    double fade = rate(settings.rangeMemory().toMillis());
    double usual = state.getDouble(SLOW);
    double low = state.getFloat(LOW);
    double high = state.getFloat(HIGH);
    low += fade * Math.max(0, usual - low);
    high -= fade * Math.max(0, high - usual);
    double most = FAR * sample.floor;
    state.setFloat(LOW, value < low ? low - weight * Math.min(most, low - value) : low);
    state.setFloat(HIGH, value > high ? high + weight * Math.min(most, value - high) : high);
  }
}
