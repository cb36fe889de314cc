// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * Turns the scores of one series into the life of a finding: onset, confirmation, hysteresis, end,
 * refractory time. Holds settings and a cursor; the state lies in the row.
 */
public final class Episode {
  private static final int ONSET = 0;
  private static final int LAST_SAID = 8;
  private static final int ENDED_AT = 16;
  private static final int PEAK = 24;
  private static final int SAID_SCORE = 28;
  private static final int STATE = 32;

  /** Byte 33 was a count in the first layout of rows. */
  private static final int QUIET = 34;

  private static final int DIRECTION = 35;
  private static final int MODEL = 36;
  private static final int SEEN = 37;

  /** Length of the first part of the state of one series, at the beginning of its row. */
  public static final int ROW_BYTES = 40;

  /** Length of the second part. */
  public static final int HOLD_BYTES = Hold.BYTES;

  private static final int MOST_SEEN = 127;

  private static final byte NONE = 0;
  private static final byte WEAK = 1;
  private static final byte CONFIRMED = 2;

  /** An unconfirmed score stays just below the boundary. */
  private static final double UNCONFIRMED_MOST = 0.99;

  private static final double NEWS_FACTOR = 1.5;

  private final EpisodeSettings settings;
  private final Hold hold;
  private double score;
  private boolean rebased;

  /**
   * @param holdAt where the second part of the state begins
   */
  public Episode(EpisodeSettings settings, int holdAt) {
    this.settings = settings;
    this.hold = new Hold(settings.hold(), holdAt);
  }

  /** When the current finding began, ms since the epoch. */
  public long onset(Row state) {
    return state.getLong(ONSET);
  }

  /** The highest score of the current finding. */
  public double peak(Row state) {
    return state.getFloat(PEAK);
  }

  /** To which side the current finding deviates. */
  public Direction direction(Row state) {
    return state.getByte(DIRECTION) == 0 ? Direction.UP : Direction.DOWN;
  }

  /** Whether a finding is under way. */
  public boolean active(Row state) {
    return state.getByte(STATE) != NONE;
  }

  /** Whether it is confirmed. */
  public boolean confirmed(Row state) {
    return state.getByte(STATE) == CONFIRMED;
  }

  /** The score of the last {@link #step}, held below the boundary until confirmed. */
  public double score() {
    return score;
  }

  /** Which model saw the current finding first: an index of {@link Detector#models}. */
  public int model(Row state) {
    return state.getByte(MODEL);
  }

  /** How many findings of about the size of the current one were confirmed before it. */
  public int seen(Row state) {
    return state.getByte(SEEN);
  }

  /** Whether the last step has ended a finding because it is the new normal. */
  public boolean rebased() {
    return rebased;
  }

  /**
   * How much of a value is to be learned by what tells the level: nothing of one that belongs to a
   * finding, or to one that the next value may confirm.
   */
  public double learningWeight(Row state) {
    boolean pending = state.getByte(STATE) == WEAK && hold.pending(state) >= 1;
    return pending || confirmed(state) ? 0 : 1;
  }

  /**
   * Takes in one verdict.
   *
   * @param matters whether a deviation to its side matters
   * @param interval usual time between two samples, ms
   * @param rebase how long a finding may last before it is the new normal, ms
   * @return what is to be said now, or null when there is nothing new
   */
  public @Nullable Phase step(
      Row state,
      long time,
      double value,
      Verdict verdict,
      boolean matters,
      double interval,
      long rebase) {
    rebased = false;
    double news = matters ? verdict.score() : 0;
    double persisting = matters ? verdict.persisting() : 0;
    boolean sparse = interval >= settings.confirmWithin().toMillis();
    boolean lone = interval >= settings.lone().toMillis() && news >= settings.sure();
    boolean alone = news >= 1 && (sparse || lone);
    return switch (state.getByte(STATE)) {
      case NONE ->
          begins(state, time, value, news) ? begin(state, time, value, verdict, alone) : null;
      case WEAK -> weak(state, time, value, verdict, news, persisting, alone);
      default -> confirmed(state, time, value, verdict, news, rebase, sparse);
    };
  }

  /** Ends the current finding because its series is gone; false when there is none. */
  public boolean end(Row state, long time) {
    boolean active = active(state);
    if (state.getByte(STATE) == CONFIRMED) {
      state.setLong(ENDED_AT, time);
    }
    state.setByte(STATE, NONE);
    score = 0;
    return active;
  }

  /**
   * Whether a finding begins. What was there before what has become the normal is none, and for as
   * long as it may come back it is remembered: nothing weak begins then.
   */
  private boolean begins(Row state, long time, double value, double news) {
    long rebased = -state.getLong(ENDED_AT);
    boolean mayReturn = rebased > 0 && time - rebased <= settings.rebaseSymptom().toMillis();
    return mayReturn ? news >= 1 && !hold.isNear(state, value) : news >= settings.weak();
  }

  private Phase begin(Row state, long time, double value, Verdict verdict, boolean alone) {
    Direction direction = verdict.direction();
    // What resumes a finding and stays weak does not put its end off.
    boolean resumed =
        state.getLong(ENDED_AT) > 0
            && direction(state) == direction
            && time - state.getLong(ENDED_AT) <= settings.refractory().toMillis();
    if (!resumed) {
      state.setLong(ONSET, verdict.since());
      state.setFloat(PEAK, 0);
      state.setByte(SEEN, (byte) 0);
    }
    state.setByte(DIRECTION, (byte) (direction == Direction.UP ? 0 : 1));
    state.setByte(MODEL, (byte) verdict.model());
    state.setByte(STATE, WEAK);
    state.setByte(QUIET, (byte) 0);
    hold.begin(state, verdict.expected(), value);
    if (alone) {
      confirm(state, verdict.score());
    } else {
      hold.pend(state, verdict.score());
      peak(state, Math.min(verdict.score(), UNCONFIRMED_MOST));
    }
    return say(state, time, resumed ? Phase.CONTINUES : Phase.STARTED);
  }

  private @Nullable Phase weak(
      Row state,
      long time,
      double value,
      Verdict verdict,
      double news,
      double persisting,
      boolean alone) {
    if (persisting < settings.over() || verdict.direction() != direction(state)) {
      end(state, time);
      return Phase.ENDED;
    }
    double pending = hold.pending(state);
    boolean second = pending >= 1 && persisting >= settings.second();
    boolean near = pending >= settings.near() && news >= settings.near();
    if (second || near) {
      confirm(state, Math.max(1, Math.min(pending, persisting)));
      return say(state, time, Phase.CONTINUES);
    }
    if (news >= 1) {
      hold.begin(state, verdict.expected(), value);
      state.setByte(MODEL, (byte) verdict.model());
    }
    if (alone) {
      confirm(state, news);
      return say(state, time, Phase.CONTINUES);
    }
    hold.pend(state, news);
    peak(state, Math.min(persisting, UNCONFIRMED_MOST));
    return unlessKnown(state, time);
  }

  private @Nullable Phase confirmed(
      Row state,
      long time,
      double value,
      Verdict verdict,
      double news,
      long rebase,
      boolean sparse) {
    Direction direction = direction(state);
    if (time - state.getLong(ONSET) > rebase && !hold.standsStill(state)) {
      end(state, time);
      // What is normal now is not resumed, and its end is no news.
      state.setLong(ENDED_AT, -time);
      rebased = true;
      return Phase.ENDED;
    }
    if (!hold.lasts(state, value, direction)) {
      return quiet(state, time, sparse ? 1 : settings.endSamples());
    }
    state.setByte(QUIET, (byte) 0);
    if (verdict.direction() == direction && news > state.getFloat(PEAK)) {
      hold.worsen(state, value);
      peak(state, news);
    } else {
      // The scale of a score is that of its onset: twice as far is twice as bad.
      peak(state, Math.min(Verdict.MAX_SCORE, Math.max(news, hold.ratio(state, value, direction))));
    }
    return unlessKnown(state, time);
  }

  private @Nullable Phase unlessKnown(Row state, long time) {
    boolean worse = score >= NEWS_FACTOR * state.getFloat(SAID_SCORE);
    boolean due = time - state.getLong(LAST_SAID) >= settings.repeat().toMillis();
    return worse || due ? say(state, time, Phase.CONTINUES) : null;
  }

  private @Nullable Phase quiet(Row state, long time, int samples) {
    byte quiet = (byte) (state.getByte(QUIET) + 1);
    state.setByte(QUIET, quiet);
    score = 0;
    if (quiet < samples) {
      return null;
    }
    end(state, time);
    return Phase.ENDED;
  }

  private void confirm(Row state, double confirmed) {
    state.setByte(STATE, CONFIRMED);
    // What is resumed was counted when it was first confirmed.
    if (state.getFloat(PEAK) < 1) {
      state.setByte(SEEN, (byte) Math.min(MOST_SEEN, hold.count(state, direction(state))));
    }
    peak(state, confirmed);
  }

  private void peak(Row state, double now) {
    score = now;
    state.setFloat(PEAK, Math.max(state.getFloat(PEAK), now));
  }

  private Phase say(Row state, long time, Phase phase) {
    state.setLong(LAST_SAID, time);
    state.setFloat(SAID_SCORE, score);
    return phase;
  }
}
