// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import io.tocsin.models.rows.Snapshots;
import io.tocsin.models.telemetry.MetricKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of all series of one shard: flat rows, one short one for every series and a longer one
 * for each that is scored, a dictionary of labels, and the histograms in the making. Written and
 * read by {@link SeriesScorer}; nobody else looks inside.
 *
 * <p>Not safe for several threads. A {@link #copy} shares nothing that is ever changed, so that a
 * snapshot may be written while the original goes on.
 */
public final class SeriesTable {
  /** Version of what {@link #writeTo} writes. */
  public static final int VERSION = 2;

  static final int HASH = 0;
  static final int LAST_TIME = 8;
  static final int LAST_BITS = 16;

  /** When something of it was last received, ms since the epoch. */
  static final int ARRIVED = 24;

  static final int CHECK = 32;

  /** Row of its score, or number of its histogram when it is a bucket; -1 for neither. */
  static final int TARGET = 36;

  /** Which bucket of its histogram it is. */
  static final int SLOT = 40;

  static final int TREATMENT = 44;
  static final int DECLARED_KIND = 45;

  /** The two bits of {@link #LIFE}, and what {@link Absence} knows. */
  static final int FLAGS = 46;

  /** Whether it was told what the series is about. */
  static final int TOLD = 47;

  /**
   * Where it learns from: the minute since 1970 of its first sample when that was a live one, or
   * one of the numbers below.
   */
  static final int ORIGIN = 48;

  static final int BASE_BYTES = 52;

  /** It has no sample yet. */
  static final int NO_ORIGIN = 0;

  /** It is learning from history, of which there may be more. */
  static final int TAUGHT = -1;

  /** It has learned from history, or for longer than is known, and goes on live. */
  static final int GONE_LIVE = -2;

  static final int SEEN = 1;
  static final int ENDED = 2;

  /** Which of the flags tell whether anything has been seen, or has ended: one of them, or none. */
  static final int LIFE = SEEN | ENDED;

  private final RowIndex index;
  final RowPages base;
  RowPages scored;
  RowPages profiles;

  /** Of the detector whose rows these are. */
  private int layout;

  /** Labels as {@link io.tocsin.models.telemetry.LabelBytes}, by base row; never changed. */
  byte[][] labels = new byte[0][];

  /** Bytes of memory that the labels take. */
  private long text;

  /** Of an array of bytes, beside these. */
  private static final int ARRAY_BYTES = 16;

  /** By base row; not part of the state. */
  private RowPolicies policies = new RowPolicies();

  /** By scored row; not part of the state. */
  private SeriesPlaces places = new SeriesPlaces();

  Histograms histograms = new Histograms();

  /** By base row. */
  final Map<Integer, NativeSeries> nativeSeries = new TreeMap<>();

  /** Kinds that metadata declared, by hash of the family's name. */
  LongIndex kinds = new LongIndex();

  /** Scored rows by what siblings share. */
  RowChains siblings = new RowChains();

  /** Scored rows by metric. */
  RowChains metrics = new RowChains();

  /** Those that the table may be part of; not part of the state. */
  private @Nullable Snapshots snapshots;

  /** How many of them had begun when the table was used last: it is part of none of these. */
  private int begun;

  /** The latest sweep that was asked for; not part of the state. */
  private long sweep = Long.MIN_VALUE;

  /** An empty table for rows of this layout and these lengths. */
  public static SeriesTable empty(int layout, int scoredBytes, int profileBytes) {
    return new SeriesTable(
        layout, new RowPages(BASE_BYTES), new RowPages(scoredBytes), new RowPages(profileBytes));
  }

  SeriesTable(int layout, RowPages base, RowPages scored, RowPages profiles) {
    this.layout = layout;
    this.index = new RowIndex(base, HASH);
    this.base = base;
    this.scored = scored;
    this.profiles = profiles;
  }

  /** Version of the detector's rows in this table. */
  int layout() {
    return layout;
  }

  /**
   * Says before each use which snapshots the table may be part of. Whoever takes these must copy
   * the table when it is used after one of them has begun, and go on with the copy.
   */
  public void use(Snapshots from) {
    snapshots = from;
    begun = from.begun();
  }

  /** A copy that shares nothing that is ever changed. */
  public SeriesTable copy() {
    SeriesTable copy = new SeriesTable(layout, copy(base), copy(scored), copy(profiles));
    copy.histograms = histograms.copy();
    nativeSeries.forEach((row, series) -> copy.nativeSeries.put(row, series.copy()));
    copy.labels = labels.clone();
    copy.text = text;
    copy.kinds = kinds.copy();
    copy.siblings = siblings.copy();
    copy.metrics = metrics.copy();
    copy.index.copyFrom(index);
    copy.policies = policies.copy();
    copy.places = places.copy();
    copy.sweep = sweep;
    return copy;
  }

  /** Of a table that is part of one snapshot, pages may go over to the copy. */
  private RowPages copy(RowPages rows) {
    return snapshots != null && snapshots.begun() == begun + 1
        ? rows.successor(snapshots)
        : rows.copy();
  }

  /**
   * Whether a sweep at this time is still to be asked for, since none was at that time or later;
   * from now on it is.
   */
  public boolean asksForSweep(long time) {
    boolean news = time > sweep;
    sweep = Math.max(sweep, time);
    return news;
  }

  /** How many series are known. */
  public int size() {
    return base.size();
  }

  /** Roughly the bytes of memory that this state takes. */
  public long bytes() {
    return base.bytes()
        + scored.bytes()
        + profiles.bytes()
        + text
        + index.bytes()
        + siblings.bytes()
        + metrics.bytes();
  }

  int add(long hash, int check, MetricKind declared, byte[] labelBytes) {
    int row = base.add();
    if (row >= labels.length) {
      int longer = Math.max(16, row + row / 2);
      int from = labels.length;
      labels = Arrays.copyOf(labels, longer);
      Arrays.fill(labels, from, longer, new byte[0]);
      policies.grow(longer);
    }
    labels[row] = labelBytes;
    text += labelBytes.length + ARRAY_BYTES;
    policies.forget(row);
    Row cursor = new Row();
    base.read(row, cursor);
    cursor.setLong(HASH, hash);
    cursor.setInt(CHECK, check);
    cursor.setInt(TARGET, -1);
    cursor.setByte(DECLARED_KIND, (byte) declared.number());
    index.add(row);
    return row;
  }

  void remove(int row) {
    index.remove(row);
    base.remove(row);
    text -= labels[row].length + ARRAY_BYTES;
    labels[row] = new byte[0];
    policies.forget(row);
  }

  /** The row of a series, or {@link LongIndex#NONE}. */
  int row(long hash) {
    return index.row(hash);
  }

  /** The policies of base rows, as far as they were found since the start. */
  RowPolicies policies() {
    return policies;
  }

  /** What scored series are about, as far as it was found since the start. */
  SeriesPlaces places() {
    return places;
  }

  /**
   * Brings rows that an earlier release wrote into the form that a detector needs now.
   *
   * @throws IllegalStateException if they were written by a later release
   */
  void adopt(Detector detector) {
    if (layout == detector.layout()) {
      return;
    }
    if (layout > detector.layout()) {
      throw new IllegalStateException(
          "the state of series holds rows of the detector's layout "
              + layout
              + ", this release reads up to "
              + detector.layout());
    }
    scored =
        scored.changed(
            ScoredSeries.rowBytes(detector),
            ScoredSeries.DETECTOR_1,
            ScoredSeries.DETECTOR,
            (old, fresh) -> detector.migrate(layout, old, fresh));
    profiles =
        profiles.changed(
            detector.profileBytes(),
            0,
            0,
            (old, fresh) -> detector.migrateProfile(layout, old, fresh));
    layout = detector.layout();
  }

  /** Writes the state, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    TableBytes.write(this, out, RowPages::writeTo);
  }

  /**
   * Writes the same for a snapshot; if a copy has taken the place of this table, this table is not
   * used any more after that.
   */
  public void writeAway(DataOutput out) throws IOException {
    TableBytes.write(this, out, RowPages::writeAway);
  }

  /**
   * Reads what {@link #writeTo} wrote, in this release or an earlier one; rows stay as they are
   * until a scorer adopts the table.
   *
   * @throws IOException if it is of a later version
   */
  public static SeriesTable readFrom(DataInput in) throws IOException {
    return TableBytes.read(in);
  }

  /** Has what is in the rows that were read found again. */
  void index() {
    policies.grow(labels.length);
    for (int row = 0; row < base.top(); row++) {
      if (base.isUsed(row)) {
        index.add(row);
        text += labels[row].length + ARRAY_BYTES;
      }
    }
  }
}
