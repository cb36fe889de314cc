// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;

/**
 * Notices that a series that came regularly does not come any more while its target sends others as
 * regularly as ever. A target that is gone as a whole is no matter of this class: a rollout takes
 * it away, or {@code up} tells of it. Nor is one that was away and comes back in parts: a process
 * that starts again shows some series late or never, and a sender works off its backlog as it
 * likes.
 *
 * <p>A series is regular when so many sweeps found it fresh that it showed about 60 samples, in an
 * hour at least. It is absent when nothing of it arrived for five of its intervals, and not less
 * than the time of silence. The score is the time of silence over that least one. A series of which
 * its sender said that it has ended is weak evidence, unless it is a symptom; one of which only a
 * rise matters is not missed. What was absent twice and came back comes and goes, and is not missed
 * any more.
 *
 * <p>What is known lies in the flags of the base row, above the two that tell whether the series
 * has been seen or ended: four bits of what state it is in, two of how often it came back. All
 * methods are about the row that the cursor stands on.
 */
public final class Absence {
  /** The word that findings carry. */
  public static final String DETECTOR = "absence";

  private static final int STATE_SHIFT = 2;
  private static final int STATE_MASK = 0xF;
  private static final int RETURNS_SHIFT = 6;
  private static final int MOST_RETURNS = 2;

  /** Below this, the number of sweeps that found the series fresh. */
  private static final int REGULAR = 12;

  /** Regular up to the last sweep, which did not find it fresh. */
  private static final int LATE = 13;

  /** Late, and then back again: not far from regular. */
  private static final int RECOVERED = 9;

  private static final int ABSENT = 15;

  private static final double SILENT_INTERVALS = 5;
  private static final double FRESH_INTERVALS = 3;
  private static final long FRESH_MILLIS = 60_000;

  /**
   * A sweep counts for samples this far apart; for slower ones, only each second, third, … does.
   */
  private static final double COUNTED_MILLIS = 60_000;

  /** What its sender has ended stays below the boundary. */
  private static final double ENDED_MOST = 0.99;

  private final long silence;
  private final Expiry expiry;
  private final SeriesPolicies policies;
  private final ValueScorer values;
  private final ScoreListener listener;
  private final Row base;

  /** When what is looked at arrived, or was swept. */
  private long now;

  Absence(
      SeriesSettings settings,
      SeriesPolicies policies,
      ValueScorer values,
      ScoreListener listener,
      Row base) {
    this.silence = settings.silence().toMillis();
    this.expiry = new Expiry(settings);
    this.policies = policies;
    this.values = values;
    this.listener = listener;
    this.base = base;
  }

  /** From now on all is looked at at this time of arrival. */
  void at(long arrival) {
    now = arrival;
  }

  /** The flags of a row once what is no number has come: it is not missed, nor does it count. */
  static byte withoutNumber(byte flags) {
    return state(flags) == ABSENT ? flags : with(flags, 0);
  }

  /** Whether a row with these flags has come regularly, at the last sweep too. */
  static boolean isRegular(byte flags) {
    return state(flags) == REGULAR;
  }

  /** Whether a finding of the row's absence is under way. */
  boolean isAbsent() {
    return state(base.getByte(SeriesTable.FLAGS)) == ABSENT;
  }

  /**
   * Counts how regularly the series comes.
   *
   * @return whether it is, or may be, absent: {@link #decide} is to be asked
   */
  boolean isSuspect(ScoredSeries of) {
    if (base.getInt(SeriesTable.ORIGIN) == SeriesTable.TAUGHT) {
      // How history comes says nothing of how the series does.
      return false;
    }
    int state = state(base.getByte(SeriesTable.FLAGS));
    if (state == ABSENT) {
      return true;
    }
    double interval = of.interval();
    boolean seen = (base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) == SeriesTable.SEEN;
    if (seen
        && interval > 0
        && silent() <= Math.max((double) FRESH_MILLIS, FRESH_INTERVALS * interval)) {
      set(state == LATE ? RECOVERED : counts(interval) ? Math.min(state + 1, REGULAR) : state);
      return false;
    }
    if (state < REGULAR) {
      set(0);
      return false;
    }
    set(LATE);
    return now - of.lastArrival() > least(of);
  }

  private boolean counts(double interval) {
    long every = Math.max(1, Math.round(Math.ceil(interval / COUNTED_MILLIS)));
    return Math.floorMod(now / SeriesScorer.SWEEP_MILLIS, every) == 0;
  }

  /**
   * Begins, tells again or ends the finding of a suspect.
   *
   * @param target when others of the same target arrived last
   */
  void decide(ScoredSeries of, Targets.Heard target) {
    if (isAbsent()) {
      // What arrives without being a number keeps the row, so that it must end the finding.
      if (!isAlive(of, target.last()) || silent() <= SeriesScorer.SWEEP_MILLIS) {
        end(of);
      } else {
        say(of, Phase.CONTINUES, now, score(of, now));
      }
    } else if (isAlive(of, target.regular()) && isMissed(of)) {
      set(ABSENT);
      say(of, Phase.STARTED, now, score(of, now));
    } else {
      set(0);
    }
  }

  private boolean isAlive(ScoredSeries of, long siblings) {
    double fresh = Math.max((double) SeriesScorer.SWEEP_MILLIS, FRESH_INTERVALS * of.interval());
    return now - siblings <= fresh && siblings > of.lastArrival() + silence;
  }

  private boolean isMissed(ScoredSeries of) {
    return returns() < MOST_RETURNS && ValueScorer.matters(of.policy(), Direction.DOWN);
  }

  /** The series is back: ends the finding, and remembers that it came back. */
  void returned(ScoredSeries of) {
    end(of);
    byte flags = base.getByte(SeriesTable.FLAGS);
    int returns = Math.min(MOST_RETURNS, returns() + 1);
    base.setByte(
        SeriesTable.FLAGS,
        (byte) ((returns << RETURNS_SHIFT) | (flags & ((1 << RETURNS_SHIFT) - 1))));
  }

  /** Ends the finding of a series that is back, forgotten, or whose target is gone. */
  void end(ScoredSeries of) {
    if (isAbsent()) {
      set(0);
      long forgotten = base.getLong(SeriesTable.ARRIVED) + expiry.of(base);
      say(of, Phase.ENDED, Math.min(now, Sweep.after(forgotten)), 0);
    }
  }

  /** How long nothing has arrived, be it a number or not. */
  private long silent() {
    return now - base.getLong(SeriesTable.ARRIVED);
  }

  private double least(ScoredSeries of) {
    return Math.max((double) silence, SILENT_INTERVALS * of.interval());
  }

  /** The score only rises, so that the one told last is the highest. */
  private double score(ScoredSeries of, long time) {
    double score = Math.min(Verdict.MAX_SCORE, (double) (time - of.lastArrival()) / least(of));
    boolean ended = (base.getByte(SeriesTable.FLAGS) & SeriesTable.ENDED) != 0;
    return ended && of.policy().rule().role() != Role.SYMPTOM ? Math.min(ENDED_MOST, score) : score;
  }

  private void say(ScoredSeries of, Phase phase, long time, double score) {
    Labels labels = of.labels();
    long onset = of.lastTime();
    Verdict usual = values.usual(of, time);
    listener.finding(
        new Finding(
            SeriesHash.hex(SeriesHash.ofText(DETECTOR + '/' + onset + '/' + labels)),
            phase,
            time,
            time,
            onset,
            labels,
            policies.entityOf(labels),
            of.policy().rule().role(),
            of.policy().unit(),
            DETECTOR,
            Direction.DOWN,
            score,
            phase == Phase.ENDED ? score(of, lastSweepBefore(time)) : score,
            Double.NaN,
            usual.expected(),
            usual.lower(),
            usual.upper(),
            Math.max(SeriesScorer.SWEEP_MILLIS, Math.round(of.interval())),
            returns(),
            List.of(),
            null));
  }

  /** How often it was absent before and came back. */
  private int returns() {
    return (base.getByte(SeriesTable.FLAGS) & 0xFF) >> RETURNS_SHIFT;
  }

  private static long lastSweepBefore(long time) {
    return Sweep.after(time - 1) - SeriesScorer.SWEEP_MILLIS;
  }

  private void set(int state) {
    base.setByte(SeriesTable.FLAGS, with(base.getByte(SeriesTable.FLAGS), state));
  }

  private static byte with(byte flags, int state) {
    return (byte) ((flags & ~(STATE_MASK << STATE_SHIFT)) | (state << STATE_SHIFT));
  }

  private static int state(byte flags) {
    return (flags >> STATE_SHIFT) & STATE_MASK;
  }
}
