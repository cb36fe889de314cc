// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one series, value by value. A detector holds settings and cursors; what it has learned
 * lies in a row that its caller keeps, all zeros for a new series. Judging never changes the row;
 * learning is a second act, which the caller may damp.
 *
 * <p>Implementations must be deterministic functions of the row, the time and the value: the same
 * input gives the same bits in every run.
 */
public interface Detector {

  /** The word that findings carry to say which model saw them. */
  String name();

  /** The models of which each verdict names one; at most 128. */
  List<String> models();

  /** Version of what rows and profiles hold; raised with every change of either, from 1. */
  int layout();

  /** Length of the state of one series. */
  int rowBytes();

  /** Length of the state that only a series worth it gets, or 0. */
  int profileBytes();

  /** Whether a series has lived long enough to be given its profile. */
  boolean wantsProfile(Row state, long time);

  /** Whether learning a value of this time may change the profile; else it is only read. */
  boolean changesProfile(Row state, long time);

  /**
   * Scores a value that the row has not learned.
   *
   * @param state what was learned of this series
   * @param profile its profile, or null while it has none
   * @param time event time, ms since the epoch
   * @param value finite
   * @param effect the least deviation that matters
   * @param verdict takes the answer
   */
  void judge(
      Row state, @Nullable Row profile, long time, double value, Effect effect, Verdict verdict);

  /**
   * Adds what few verdicts are asked for: the ends of the band, and how far the value deviates.
   * Must follow {@link #judge} at once, before anything is learned.
   */
  void band(Row state, Verdict verdict);

  /**
   * Whether the series lately, in an hour or two, has surprised its model as much as a finding has
   * to, news or not. That a few do is usual; if many do, the models no longer fit.
   */
  default boolean drifts(Row state) {
    return false;
  }

  /**
   * Learns a value.
   *
   * @param weight in (0, 1]: how much this value is to be believed; small while the series deviates
   */
  void learn(Row state, @Nullable Row profile, long time, double value, double weight);

  /**
   * Takes a deviation that has lasted for long as the new normal: all that is expected is shifted
   * to where the value is.
   */
  void rebase(Row state, @Nullable Row profile, long time, double value);

  /**
   * Begins a new series with what its relatives have learned; called before its first value is
   * judged. A relative of which too little was seen is passed over, so that all may be.
   *
   * @param state all zeros
   * @param profile all zeros; null when no relative has one
   * @param time of the first value, ms since the epoch
   */
  void inherit(Row state, @Nullable Row profile, Relatives relatives, long time);

  /**
   * Fills a row with what one of an earlier layout holds.
   *
   * @param layout that of the old row, below {@link #layout()}
   * @param migrated all zeros
   */
  void migrate(int layout, Row old, Row migrated);

  /** Fills a profile with what one of an earlier layout holds, as {@link #migrate} does a row. */
  void migrateProfile(int layout, Row old, Row migrated);
}
