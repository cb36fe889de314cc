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
  private static final int STREAK = 33;
  private static final int QUIET = 34;
  private static final int DIRECTION = 35;

  /** Length of the state of one series. */
  public static final int ROW_BYTES = 40;

  private static final byte NONE = 0;
  private static final byte WEAK = 1;
  private static final byte CONFIRMED = 2;

  /** An unconfirmed score stays just below the boundary. */
  private static final double UNCONFIRMED_MOST = 0.99;

  private static final double WEAK_LEARNING = 0.5;
  private static final double CONFIRMED_LEARNING = 0.1;
  private static final double NEWS_FACTOR = 1.5;

  private final EpisodeSettings settings;
  private double score;

  public Episode(EpisodeSettings settings) {
    this.settings = settings;
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

  /** The score of the last {@link #step}, held below the boundary until confirmed. */
  public double score() {
    return score;
  }

  /** How much of a value that got this verdict is to be learned. */
  public double learningWeight(Row state, long time) {
    return switch (state.getByte(STATE)) {
      case WEAK -> WEAK_LEARNING;
      case CONFIRMED ->
          time - state.getLong(ONSET) > settings.rebase().toMillis() ? 1 : CONFIRMED_LEARNING;
      default -> 1;
    };
  }

  /**
   * Takes in one score.
   *
   * @return what is to be said now, or null when there is nothing new
   */
  public @Nullable Phase step(Row state, long time, double raw, Direction direction) {
    boolean sameSide = direction(state) == direction;
    if (state.getByte(STATE) == NONE) {
      return raw >= settings.weak() ? begin(state, time, raw, direction) : null;
    }
    if (raw < settings.over() || !sameSide) {
      return quiet(state, time);
    }
    state.setByte(QUIET, (byte) 0);
    return last(state, time, raw);
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

  private Phase begin(Row state, long time, double raw, Direction direction) {
    // What resumes a finding and stays weak does not put its end off.
    boolean resumed =
        state.getLong(ENDED_AT) > 0
            && direction(state) == direction
            && time - state.getLong(ENDED_AT) <= settings.refractory().toMillis();
    if (!resumed) {
      state.setLong(ONSET, time);
      state.setFloat(PEAK, 0);
    }
    state.setByte(DIRECTION, (byte) (direction == Direction.UP ? 0 : 1));
    state.setByte(STATE, WEAK);
    state.setByte(STREAK, (byte) 0);
    state.setByte(QUIET, (byte) 0);
    confirm(state, raw);
    return say(state, time, resumed ? Phase.CONTINUES : Phase.STARTED);
  }

  private @Nullable Phase last(Row state, long time, double raw) {
    boolean confirmedBefore = state.getByte(STATE) == CONFIRMED;
    confirm(state, raw);
    boolean justConfirmed = !confirmedBefore && state.getByte(STATE) == CONFIRMED;
    boolean worse = score >= NEWS_FACTOR * state.getFloat(SAID_SCORE);
    boolean due = time - state.getLong(LAST_SAID) >= settings.repeat().toMillis();
    return justConfirmed || worse || due ? say(state, time, Phase.CONTINUES) : null;
  }

  private @Nullable Phase quiet(Row state, long time) {
    state.setByte(STREAK, (byte) 0);
    byte quiet = (byte) (state.getByte(QUIET) + 1);
    state.setByte(QUIET, quiet);
    score = 0;
    boolean confirmed = state.getByte(STATE) == CONFIRMED;
    if (confirmed && quiet < settings.endSamples()) {
      return null;
    }
    end(state, time);
    return Phase.ENDED;
  }

  private void confirm(Row state, double raw) {
    byte streak = raw >= 1 ? (byte) Math.min(Byte.MAX_VALUE, state.getByte(STREAK) + 1) : (byte) 0;
    state.setByte(STREAK, streak);
    if (streak >= settings.confirmSamples()) {
      state.setByte(STATE, CONFIRMED);
    }
    score = state.getByte(STATE) == CONFIRMED ? raw : Math.min(raw, UNCONFIRMED_MOST);
    state.setFloat(PEAK, Math.max(state.getFloat(PEAK), score));
  }

  private Phase say(Row state, long time, Phase phase) {
    state.setLong(LAST_SAID, time);
    state.setFloat(SAID_SCORE, score);
    return phase;
  }
}
