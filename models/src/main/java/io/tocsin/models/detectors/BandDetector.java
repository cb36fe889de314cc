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
 * Surprise}). What leaves the range of all that was seen is news by itself ({@link SeenRange}), and
 * so is that nothing moves any more ({@link FlatLine}). A score of 1 is the boundary.
 *
 * <p>A value is judged before it is learned. No value, however absurd, is learned beyond some
 * scales of what is known, so that a lasting change is learned after all, and a lone one is not.
 */
public final class BandDetector implements Detector {
  private static final int FLAT = Levels.BYTES;
  private static final int RHYTHM = FLAT + FlatLine.BYTES;
  private static final int SURPRISES = RHYTHM + Rhythm.BYTES;
  private static final int RECURRENCE = SURPRISES + Surprises.ROW_BYTES;
  static final int UPBRINGING = RECURRENCE + Recurrence.BYTES;
  static final int RANGE = UPBRINGING + Upbringing.BYTES;
  static final int AROUND = RANGE + SeenRange.BYTES;
  static final int ROW_BYTES = AROUND + HoursAround.BYTES;
  private static final int WEEK = HourProfile.BYTES + Surprises.PROFILE_BYTES;
  static final int PROFILE_BYTES = WEEK + Recurrence.HOURS;

  /** Models by number; what was told by number stays so. The first are predictors. */
  private static final List<String> MODELS =
      List.of("jump", "level", "rhythm", "drift", "flat", "range");

  private static final Part[] PREDICTORS = {Part.JUMP, Part.LEVEL, Part.RHYTHM, Part.DRIFT};
  private static final int FLAT_MODEL = 4;
  private static final int RANGE_MODEL = 5;

  /** So many values make a drift. */
  private static final int FIRST_DRIFT = 10;

  /** What is no news still supports what is, but is none by itself. */
  private static final double KNOWN_MOST = 0.5;

  private final BandSettings settings;
  private final boolean usesFlat;
  private final boolean usesRange;
  private final boolean usesWeek;
  private final boolean[] uses = new boolean[Surprises.COUNT];
  private final Levels levels;
  private final Rhythm rhythm;
  private final Surprises surprises;
  private final FlatLine flat = new FlatLine(FLAT);
  private final SeenRange range = new SeenRange(RANGE);
  private final Recurrence recurrence = new Recurrence(RECURRENCE, WEEK);
  private final Upbringing upbringing = new Upbringing(UPBRINGING);
  private final BandInheritance inheritance;

  /** Cursors; what is learned lies in rows. */
  private final Sample sample = new Sample();

  /** Whether the value judged last is far off and no news: what comes and goes is no new level. */
  private boolean known;

  private final LastJudged judged = new LastJudged();

  private final double[] residuals = new double[Surprises.COUNT];
  private final double[] expected = new double[Surprises.COUNT];

  /** What the value judged last must deviate by; NaN when there is no band around it. */
  private double smallest;

  public BandDetector(BandSettings settings) {
    this.settings = settings;
    levels = new Levels(settings);
    rhythm = new Rhythm(settings, RHYTHM, AROUND);
    surprises = new Surprises(settings, SURPRISES, HourProfile.BYTES);
    usesWeek = settings.uses(Part.WEEK);
    usesFlat = settings.uses(Part.FLAT);
    usesRange = settings.uses(Part.RANGE);
    for (int i = 0; i < uses.length; i++) {
      uses[i] = settings.uses(PREDICTORS[i]);
    }
    inheritance =
        new BandInheritance(settings, upbringing, surprises, rhythm, flat, recurrence, range);
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
    return 4;
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
    return state.getInt(Levels.COUNT) > 0
        && time - flat.born(state) >= settings.profileAge().toMillis();
  }

  @Override
  public boolean changesProfile(Row state, long time) {
    return HourProfile.hour(time) != HourProfile.hour(state.getLong(Levels.LAST_TIME));
  }

  @Override
  public void judge(
      Row state, @Nullable Row profile, long time, double given, Effect effect, Verdict verdict) {
    double value = Levels.bounded(given);
    int count = state.getInt(Levels.COUNT);
    if (count == 0) {
      judged.forget();
      smallest = Double.NaN;
      verdict.set(0, 0, value, 0);
      return;
    }
    look(state, profile, time, value);
    // Neither the hours nor the days of the siblings say when a cold one is warm.
    boolean cold = upbringing.isCold(state, time, value);
    surprises.judge(state, profile, residuals, cold, sample);
    judged.set(state, profile, time, value);
    double persisting = surprises.persisting();
    double news = surprises.news();
    if (news > KNOWN_MOST
        && profile != null
        && usesWeek
        && recurrence.knows(state, profile, value, sample)) {
      news = KNOWN_MOST;
    }
    known = persisting >= 1 && news < 1;
    say(state, value, effect, verdict, persisting, news);
    sayOfAll(state, value, effect, verdict);
  }

  /** What the predictors say. */
  private void say(
      Row state, double value, Effect effect, Verdict verdict, double persisting, double news) {
    int model = surprises.first();
    double deviation = Math.abs(residuals[model]);
    smallest = effect.smallest(expected[model], value, sample.elapsed);
    double limited = limit(state, value, persisting, deviation, smallest);
    verdict.set(Math.min(news, limited), limited, expected[model], model);
    verdict.since(sample.time, surprises.of(model).above() ? Direction.UP : Direction.DOWN);
    verdict.sudden(Math.min(limited, surprises.sudden()));
  }

  @Override
  public void band(Row state, Verdict verdict) {
    int model = verdict.model();
    if (Double.isNaN(smallest) || model == FLAT_MODEL) {
      return;
    }
    if (model != RANGE_MODEL) {
      Surprise surprise = surprises.of(model);
      verdict.band(
          Math.max(surprise.lower(state, sample), smallest),
          Math.max(surprise.upper(state, sample), smallest));
    }
    Surprise level = surprises.of(Surprises.LEVEL);
    double half = (level.lower(state, sample) + level.upper(state, sample)) / 2;
    verdict.deviation(half > 0 ? residuals[Surprises.LEVEL] / Math.max(half, smallest) : 0);
  }

  /** What follows from all that was seen, where that is more of a surprise. */
  private void sayOfAll(Row state, double value, Effect effect, Verdict verdict) {
    boolean moved = value != state.getDouble(Levels.LAST);
    double still = usesFlat ? flat.score(state, moved, sample) : 0;
    if (still > Math.max(1, verdict.persisting())) {
      verdict.set(still, still, value, FLAT_MODEL);
      verdict.since(flat.since(state), Direction.DOWN);
      return;
    }
    double left = usesRange ? range.score(state, value, flat.born(state), sample) : 0;
    if (left > verdict.score()) {
      double usual = state.getDouble(Levels.SLOW);
      double least = effect.smallest(usual, value, sample.elapsed);
      double limited = limit(state, value, left, Math.abs(value - usual), least);
      if (limited > verdict.score()) {
        verdict.leaves(limited, usual, range.low(state), range.high(state), RANGE_MODEL);
        boolean above = value > range.high(state);
        verdict.since(sample.time, above ? Direction.UP : Direction.DOWN);
      }
    }
  }

  /** The score, as far as the deviation matters and siblings do not do the same. */
  private double limit(Row state, double value, double score, double deviation, double least) {
    double limited = Math.min(score, Verdict.MAX_SCORE);
    if (deviation < least) {
      limited = Math.min(limited, deviation / least);
    }
    return upbringing.limited(
        state, sample.time, value, limited, state.getInt(Levels.COUNT) > settings.warmUpSamples());
  }

  @Override
  public boolean drifts(Row state) {
    return surprises.lately(state) >= 1;
  }

  @Override
  public void learn(Row state, @Nullable Row profile, long time, double given, double weight) {
    double value = Levels.bounded(given);
    int count = state.getInt(Levels.COUNT);
    if (count == 0) {
      inheritance.beginNoise(state, value);
      levels.begin(state, time, value);
      flat.begin(state, time);
      range.begin(state, value);
      return;
    }
    if (upbringing.starts(state, time)) {
      upbringing.learnStart(state, time, value);
      state.setLong(Levels.LAST_TIME, time);
      return;
    }
    boolean own = judged.is(state, profile, time, value);
    boolean same = !inheritance.settle(state, value) && own && judged.holds();
    judged.forget();
    if (!same) {
      look(state, profile, time, value);
    }
    surprises.learn(state, profile, residuals, same, sample);
    if (profile != null) {
      recurrence.learn(state, profile, value, surprises.persisting() >= 1, sample);
      rhythm.learn(state, profile, expected[Surprises.RHYTHM], value, sample);
    }
    if (value != state.getDouble(Levels.LAST)) {
      boolean explained = value == 0 || surprises.isFar(state, residuals[Surprises.LEVEL], sample);
      flat.moved(state, explained, sample);
    }
    range.learn(state, value, sample);
    levels.learn(state, value, own && known ? 0 : weight, sample);
  }

  /** Sets the cursors: what is expected, and what is missed. */
  private void look(Row state, @Nullable Row profile, long time, double value) {
    levels.move(state, time, sample);
    expect(Surprises.JUMP, state.getDouble(Levels.LAST), value);
    expect(Surprises.LEVEL, state.getDouble(Levels.LEVEL), value);
    double usual = profile == null ? Double.NaN : rhythm.predict(state, profile, time);
    expect(Surprises.RHYTHM, usual, value);
    if (profile != null && !Double.isNaN(residuals[Surprises.RHYTHM])) {
      residuals[Surprises.RHYTHM] = rhythm.residual(state, usual, value);
      if (Levels.isGap(sample)) {
        // What was a while ago says little of what is now.
        residuals[Surprises.JUMP] = nearer(residuals[Surprises.JUMP], residuals[Surprises.RHYTHM]);
        residuals[Surprises.LEVEL] =
            nearer(residuals[Surprises.LEVEL], residuals[Surprises.RHYTHM]);
      }
    }
    double days =
        state.getInt(Levels.COUNT) < FIRST_DRIFT ? Double.NaN : state.getDouble(Levels.SLOW);
    expect(Surprises.DRIFT, days, levels.hours(state, value, sample));
  }

  private static double nearer(double residual, double other) {
    return Math.copySign(Math.min(Math.abs(residual), Math.abs(other)), residual);
  }

  private void expect(int model, double prediction, double value) {
    expected[model] = prediction;
    residuals[model] = uses[model] ? value - prediction : Double.NaN;
  }

  @Override
  public void rebase(Row state, @Nullable Row profile, long time, double given) {
    double value = Levels.bounded(given);
    judged.change();
    Levels.rebase(state, value);
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
    inheritance.migrate(layout, old, migrated);
  }

  @Override
  public void migrateProfile(int layout, Row old, Row migrated) {
    migrated.copyFrom(old, layout == 1 ? HourProfile.BYTES : PROFILE_BYTES);
  }
}
