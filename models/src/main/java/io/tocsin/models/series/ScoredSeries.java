// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Episode;
import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is scored: a cursor on its rows in a table. A scored row holds the state of the episode,
 * then what belongs to this class, then the state of the detector. One instance, moved from series
 * to series.
 */
final class ScoredSeries {
  static final int LAST_TIME = Episode.ROW_BYTES;
  static final int LAST_ARRIVAL = LAST_TIME + Long.BYTES;
  static final int INTERVAL = LAST_ARRIVAL + Long.BYTES;

  /** Number of the profile plus one; 0 while there is none. */
  private static final int PROFILE = INTERVAL + Float.BYTES;

  /** The second part of the state of the episode. */
  static final int HOLD = PROFILE + Integer.BYTES;

  static final int DETECTOR = HOLD + Episode.HOLD_BYTES;

  /** Where the first layout had the state of the detector. */
  static final int DETECTOR_1 = HOLD;

  /** How fast the usual interval follows. */
  private static final double INTERVAL_RATE = 0.1;

  /** One gap must not pass for the usual interval; a longer one is learned in a few samples. */
  private static final double MOST_INTERVALS = 4;

  /** What comes sooner than both, in ms and in intervals, is the same scraped again. */
  static final long AGAIN_MILLIS = 5_000;

  private static final double AGAIN_INTERVALS = 0.5;

  private @Nullable SeriesTable table;
  private @Nullable SeriesPolicy policy;

  /** Its row in the table, unless it is derived. */
  private int baseRow;

  private @Nullable DerivedSeries derived;

  /** Whether it is the increase that is scored. */
  private boolean rate;

  private int scoredRow;

  /** The labels read last, and what they were read from, which is never changed. */
  private byte[] readBytes = new byte[0];

  private Labels readLabels = Labels.of();

  private final Row row = new Row();
  private final Row detectorRow = new Row();
  private final Row profileRow = new Row();

  static int rowBytes(Detector detector) {
    return DETECTOR + detector.rowBytes();
  }

  /** Whether a value of a scored row's series was scored yet. */
  static boolean isScored(Row row) {
    return row.getLong(LAST_TIME) != 0;
  }

  /** Number of a scored row's profile; -1 while it has none. */
  static int profile(Row row) {
    return row.getInt(PROFILE) - 1;
  }

  /**
   * Moves to the scored row of a series.
   *
   * @param increase whether it is the increase that is scored
   */
  void move(SeriesTable to, int scored, SeriesPolicy of, int base, boolean increase) {
    baseRow = base;
    derived = null;
    rate = increase;
    move(to, scored, of);
  }

  /** Moves to the scored row of a derived series. */
  void move(SeriesTable to, DerivedSeries series, SeriesPolicies policies) {
    SeriesPolicy of = series.policy;
    if (of == null) {
      Labels labels = LabelBytes.read(series.labels, 0, series.labels.length);
      of = policies.of(labels, MetricKind.GAUGE);
      series.policy = of;
    }
    derived = series;
    rate = false;
    move(to, series.scoredRow, of);
  }

  private void move(SeriesTable to, int scored, SeriesPolicy of) {
    table = to;
    scoredRow = scored;
    policy = of;
    to.scored.read(scored, row);
    to.scored.read(scored, DETECTOR, detectorRow);
  }

  SeriesTable table() {
    return Objects.requireNonNull(table);
  }

  SeriesPolicy policy() {
    return Objects.requireNonNull(policy);
  }

  int scoredRow() {
    return scoredRow;
  }

  /** The whole scored row. */
  Row row() {
    return row;
  }

  /** The scored row from the state of the detector on. */
  Row detectorRow() {
    return detectorRow;
  }

  byte[] labelBytes() {
    return derived == null ? table().labels[baseRow] : derived.labels;
  }

  /** Read once for all that a series which begins, or is told of, needs them for. */
  Labels labels() {
    byte[] bytes = labelBytes();
    if (bytes != readBytes) {
      readBytes = bytes;
      readLabels = LabelBytes.read(bytes, 0, bytes.length);
    }
    return readLabels;
  }

  RelativeKeys relativeKeys() {
    return RelativeKeys.of(labels(), rate);
  }

  /** The usual time between two values, in ms; 0 before there were two. */
  double interval() {
    return row.getFloat(INTERVAL);
  }

  /** Event time of the last value; 0 for none. */
  long lastTime() {
    return row.getLong(LAST_TIME);
  }

  /** When the last value arrived; 0 for none. */
  long lastArrival() {
    return row.getLong(LAST_ARRIVAL);
  }

  void arrived(long arrival) {
    row.setLong(LAST_ARRIVAL, arrival);
  }

  /** Takes note of the time of a value. */
  void learnInterval(long time) {
    long last = row.getLong(LAST_TIME);
    if (last != 0) {
      double interval = row.getFloat(INTERVAL);
      double elapsed = time - last;
      row.setFloat(
          INTERVAL,
          interval == 0
              ? elapsed
              : interval
                  + INTERVAL_RATE * (Math.min(elapsed, MOST_INTERVALS * interval) - interval));
    }
    row.setLong(LAST_TIME, time);
  }

  /**
   * Whether a sample comes so soon after the last that another sender of a pair must have scraped
   * the same again: it says nothing new, and of a rate over so short a time chance says most.
   *
   * @param elapsed ms since the last sample that was taken in
   */
  boolean isScrapedAgain(long elapsed) {
    return elapsed < AGAIN_MILLIS && elapsed < AGAIN_INTERVALS * row.getFloat(INTERVAL);
  }

  /** Its profile, to be read; null while it has none. */
  @Nullable Row profile() {
    int number = profile(row);
    if (number < 0) {
      return null;
    }
    table().profiles.peek(number, 0, profileRow);
    return profileRow;
  }

  /** Its profile, to be changed; null while it has none. */
  @Nullable Row ownProfile() {
    int number = profile(row);
    if (number < 0) {
      return null;
    }
    table().profiles.read(number, profileRow);
    return profileRow;
  }

  /** Gives it a profile. */
  Row addProfile() {
    int number = table().profiles.add();
    row.setInt(PROFILE, number + 1);
    table().profiles.read(number, profileRow);
    return profileRow;
  }

  /** Whether new series are shown it as a relative. */
  boolean isRelative() {
    return table().siblings.contains(scoredRow);
  }

  /** From now on new series are shown it as a relative. */
  void relate(RelativeKeys keys) {
    table().siblings.add(keys.siblings(), scoredRow);
    table().metrics.add(keys.metric(), scoredRow);
  }

  /** Gives its rows back. */
  void release() {
    SeriesTable from = table();
    if (isRelative()) {
      RelativeKeys keys = relativeKeys();
      from.siblings.remove(keys.siblings(), scoredRow);
      from.metrics.remove(keys.metric(), scoredRow);
    }
    int profile = profile(row);
    if (profile >= 0) {
      from.profiles.remove(profile);
    }
    from.places().forget(scoredRow);
    from.scored.remove(scoredRow);
  }
}
