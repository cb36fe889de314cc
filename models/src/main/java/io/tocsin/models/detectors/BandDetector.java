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
  private static final int FLAT = Levels.BYTES;
  private static final int RHYTHM = FLAT + FlatLine.BYTES;
  private static final int SURPRISES = RHYTHM + Rhythm.BYTES;
  private static final int RECURRENCE = SURPRISES + 4 * Surprise.BYTES;
  static final int UPBRINGING = RECURRENCE + Recurrence.BYTES;
  static final int ROW_BYTES = UPBRINGING + Upbringing.BYTES;
  private static final int WEEK = HourProfile.BYTES + 4 * HourMemory.BYTES;
  static final int PROFILE_BYTES = WEEK + Recurrence.HOURS;

  /** Models by number; what was told by number stays so. */
  private static final List<String> MODELS = List.of("jump", "level", "rhythm", "drift", "flat");

  private static final Part[] PREDICTORS = {Part.JUMP, Part.LEVEL, Part.RHYTHM, Part.DRIFT};

  /** Of each of these times, ms, one residual is learned; 0 for all. */
  private static final long[] BLOCKS = {0, 0, 300_000, 900_000};

  /** The one whose band is shown while none is surprised. */
  private static final int LEVEL_MODEL = 1;

  private static final int FLAT_MODEL = 4;

  /** What the surprises of each are worth: jumps come easily, and drifts take their time. */
  private static final double[] WEIGHTS = {0.9, 1, 1, 0.9};

  /** In usual sizes of the values: a residual beyond is an artefact. */
  private static final double ABSURD = 1e5;

  /** Of the score: the part of the most surprised predictor, the rest is the next one's. */
  private static final double FIRST = 0.75;

  /** So many values make a drift. */
  private static final int FIRST_DRIFT = 10;

  /** What is no news still supports what is, but is none by itself. */
  private static final double KNOWN_MOST = 0.5;

  private final BandSettings settings;
  private final double anchor;
  private final boolean usesFlat;
  private final boolean[] uses = new boolean[WEIGHTS.length];
  private final Rhythm rhythm;
  private final FlatLine flat = new FlatLine(FLAT);
  private final Levels levels;
  private final boolean usesWeek;
  private final Recurrence recurrence = new Recurrence(RECURRENCE, WEEK);
  private final Surprise[] surprises = new Surprise[WEIGHTS.length];
  private final Upbringing upbringing = new Upbringing(UPBRINGING);
  private final BandInheritance inheritance;

  /** Cursors; what is learned lies in rows. */
  private final Sample sample = new Sample();

  /** Whether the value judged last is far off and no news: what comes and goes is no new level. */
  private boolean known;

  private final double[] residuals = new double[WEIGHTS.length];
  private final double[] expected = new double[WEIGHTS.length];

  public BandDetector(BandSettings settings) {
    this.settings = settings;
    levels = new Levels(settings);
    rhythm = new Rhythm(settings, RHYTHM);
    usesWeek = settings.uses(Part.WEEK);
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
    inheritance = new BandInheritance(settings, upbringing, surprises, rhythm, flat, recurrence);
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
    return state.getInt(Levels.COUNT) > 0
        && time - flat.born(state) >= settings.profileAge().toMillis();
  }

  @Override
  public void judge(
      Row state, @Nullable Row profile, long time, double given, Effect effect, Verdict verdict) {
    double value = Levels.bounded(given);
    int count = state.getInt(Levels.COUNT);
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
    double most = 0;
    for (int i = 0; i < surprises.length; i++) {
      if (Double.isNaN(residuals[i])) {
        surprises[i].pass();
      } else {
        surprises[i].judge(state, profile, residuals[i], sample);
      }
      if (surprises[i].persisting() > most) {
        most = surprises[i].persisting();
        first = i;
      }
    }
    double persisting = persisting();
    double news = news();
    if (profile != null && usesWeek && recurrence.knows(state, profile, value, sample)) {
      news = Math.min(news, KNOWN_MOST);
    }
    known = persisting >= 1 && news < 1;
    say(state, value, effect, verdict, first < 0 ? LEVEL_MODEL : first, persisting, news);
  }

  private double persisting() {
    double most = 0;
    double next = 0;
    for (Surprise surprise : surprises) {
      double each = surprise.persisting();
      next = Math.max(next, Math.min(most, each));
      most = Math.max(most, each);
    }
    return join(most, next);
  }

  private double news() {
    double most = 0;
    double next = 0;
    for (Surprise surprise : surprises) {
      double each = surprise.news();
      next = Math.max(next, Math.min(most, each));
      most = Math.max(most, each);
    }
    return join(most, next);
  }

  /** Of two surprises, what exceeds the share of residuals that every tail begins with. */
  private double join(double first, double next) {
    return Math.max(0, (FIRST * first + (1 - FIRST) * next - anchor) / (1 - anchor));
  }

  private void say(
      Row state,
      double value,
      Effect effect,
      Verdict verdict,
      int model,
      double persisting,
      double news) {
    boolean moved = value != state.getDouble(Levels.LAST);
    double still = usesFlat ? flat.score(state, moved, sample) : 0;
    if (still > Math.max(1, persisting)) {
      verdict.set(still, still, value, 0, 0, FLAT_MODEL);
      verdict.since(flat.since(state), Direction.DOWN);
      return;
    }
    double deviation = Math.abs(residuals[model]);
    double smallest = effect.smallest(expected[model], value, sample.elapsed);
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
    double jump = surprises[0].persisting();
    double level = surprises[1].persisting();
    verdict.sudden(Math.min(limited, join(Math.max(jump, level), Math.min(jump, level))));
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
        state, sample.time, value, limited, state.getInt(Levels.COUNT) > settings.warmUpSamples());
  }

  @Override
  public void learn(Row state, @Nullable Row profile, long time, double given, double weight) {
    double value = Levels.bounded(given);
    int count = state.getInt(Levels.COUNT);
    if (count == 0) {
      inheritance.beginNoise(state, value);
      levels.begin(state, time, value);
      flat.begin(state, time);
      return;
    }
    if (upbringing.starts(state, time)) {
      upbringing.learnStart(state, time, value);
      state.setLong(Levels.LAST_TIME, time);
      return;
    }
    inheritance.settle(state, value);
    look(state, profile, time, value);
    double size = state.getFloat(Levels.SIZE);
    double absurd = size > 0 ? ABSURD * size : Double.MAX_VALUE;
    for (int i = 0; i < surprises.length; i++) {
      // An artefact says nothing of what is usual; NaN is none.
      if (Math.abs(residuals[i]) <= absurd) {
        surprises[i].learn(state, profile, residuals[i], sample);
      } else {
        surprises[i].pass();
      }
    }
    if (profile != null) {
      recurrence.learn(state, profile, value, persisting() >= 1, sample);
      rhythm.learn(state, profile, value, sample);
    }
    boolean explained = value == 0 || isFar(state);
    flat.learn(state, value != state.getDouble(Levels.LAST), explained, sample);
    levels.learn(state, value, known ? 0 : weight, sample);
    known = false;
  }

  /** Sets the cursors: what is expected, and what is missed. */
  private void look(Row state, @Nullable Row profile, long time, double value) {
    levels.move(state, time, sample);
    expect(0, state.getDouble(Levels.LAST), value);
    expect(1, state.getDouble(Levels.LEVEL), value);
    double usual = profile == null ? Double.NaN : rhythm.predict(state, profile, time);
    expect(2, usual, value);
    if (profile != null && !Double.isNaN(residuals[2])) {
      residuals[2] = rhythm.residual(state, profile, usual, value);
      if (Levels.isGap(sample)) {
        // What was a while ago says little of what is now.
        residuals[0] = nearer(residuals[0], residuals[2]);
        residuals[1] = nearer(residuals[1], residuals[2]);
      }
    }
    double days =
        state.getInt(Levels.COUNT) < FIRST_DRIFT ? Double.NaN : state.getDouble(Levels.SLOW);
    expect(3, days, levels.hours(state, value, sample));
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

  @Override
  public void rebase(Row state, @Nullable Row profile, long time, double given) {
    double value = Levels.bounded(given);
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
    inheritance.migrate(old, migrated);
  }

  @Override
  public void migrateProfile(int layout, Row old, Row migrated) {
    migrated.copyFrom(old, HourProfile.BYTES);
  }
}
