// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import io.tocsin.models.telemetry.MetricKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  public static final int VERSION = 1;

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
  static final int FLAGS = 46;

  /** Whether it was told what the series is about. */
  static final int TOLD = 47;

  static final int BASE_BYTES = 48;

  static final int SEEN = 1;
  static final int ENDED = 2;

  private final RowIndex index;
  final RowPages base;
  final RowPages scored;
  final RowPages profiles;

  /** Labels as {@link io.tocsin.models.telemetry.LabelBytes}, by base row; never changed. */
  byte[][] labels;

  /** Which of {@link #policies} a base row has, plus one; 0 when it is to be found again. */
  private short[] policyOf;

  /** Those in use; not part of the state. */
  private final List<SeriesPolicy> policies = new ArrayList<>();

  /** By scored row; not part of the state. */
  private SeriesPlaces places = new SeriesPlaces();

  final LongIndex histogramIndex;
  final List<@Nullable ClassicHistogram> histograms;

  /** None below this is free; where to look, not part of the state. */
  private int firstFreeHistogram;

  /** By base row. */
  final Map<Integer, NativeSeries> nativeSeries;

  /** Kinds that metadata declared, by hash of the family's name. */
  final LongIndex kinds;

  /** The latest sweep that was asked for; not part of the state. */
  private long sweep = Long.MIN_VALUE;

  /** An empty table for rows of these lengths, which follow from the detector. */
  public SeriesTable(int scoredBytes, int profileBytes) {
    this(
        new RowPages(BASE_BYTES),
        new RowPages(scoredBytes),
        new RowPages(profileBytes),
        new byte[0][],
        new LongIndex(),
        new ArrayList<>(),
        new TreeMap<>(),
        new LongIndex());
  }

  private SeriesTable(
      RowPages base,
      RowPages scored,
      RowPages profiles,
      byte[][] labels,
      LongIndex histogramIndex,
      List<@Nullable ClassicHistogram> histograms,
      Map<Integer, NativeSeries> nativeSeries,
      LongIndex kinds) {
    this.index = new RowIndex(base, HASH);
    this.base = base;
    this.scored = scored;
    this.profiles = profiles;
    this.labels = labels;
    this.policyOf = new short[labels.length];
    this.histogramIndex = histogramIndex;
    this.histograms = histograms;
    this.nativeSeries = nativeSeries;
    this.kinds = kinds;
  }

  /** A copy that shares nothing that is ever changed. */
  public SeriesTable copy() {
    List<@Nullable ClassicHistogram> copiedHistograms = new ArrayList<>(histograms.size());
    for (ClassicHistogram histogram : histograms) {
      copiedHistograms.add(histogram == null ? null : histogram.copy());
    }
    Map<Integer, NativeSeries> copiedNativeSeries = new TreeMap<>();
    nativeSeries.forEach((row, series) -> copiedNativeSeries.put(row, series.copy()));
    SeriesTable copy =
        new SeriesTable(
            base.copy(),
            scored.copy(),
            profiles.copy(),
            labels.clone(),
            histogramIndex.copy(),
            copiedHistograms,
            copiedNativeSeries,
            kinds.copy());
    copy.index.copyFrom(index);
    copy.policyOf = policyOf.clone();
    copy.policies.addAll(policies);
    copy.places = places.copy();
    copy.sweep = sweep;
    return copy;
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
    long text = 0;
    for (int row = 0; row < base.top(); row++) {
      text += labels[row].length + 16;
    }
    return base.bytes() + scored.bytes() + profiles.bytes() + text + index.bytes();
  }

  int add(long hash, int check, MetricKind declared, byte[] labelBytes) {
    int row = base.add();
    if (row >= labels.length) {
      int longer = Math.max(16, row + row / 2);
      int from = labels.length;
      labels = Arrays.copyOf(labels, longer);
      Arrays.fill(labels, from, longer, new byte[0]);
      policyOf = Arrays.copyOf(policyOf, longer);
    }
    labels[row] = labelBytes;
    policyOf[row] = 0;
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
    labels[row] = new byte[0];
    policyOf[row] = 0;
  }

  /** The row of a series, or {@link LongIndex#NONE}. */
  int row(long hash) {
    return index.row(hash);
  }

  /** The policy of a row as far as it was found since the start; null when it was not. */
  @Nullable SeriesPolicy policy(int row) {
    int number = policyOf[row];
    return number == 0 ? null : policies.get(number - 1);
  }

  @SuppressWarnings("ReferenceEquality") // equal policies are one object
  void policy(int row, SeriesPolicy policy) {
    int number = 0;
    while (number < policies.size() && policies.get(number) != policy) {
      number++;
    }
    if (number == policies.size()) {
      // Kinds and units come with names of metrics, of which a sender may make up any number.
      if (number == Short.MAX_VALUE) {
        forgetPolicies();
        number = 0;
      }
      policies.add(policy);
    }
    policyOf[row] = (short) (number + 1);
  }

  /** What scored series are about, as far as it was found since the start. */
  SeriesPlaces places() {
    return places;
  }

  /** Has the policy of a row found again. */
  void forgetPolicy(int row) {
    policyOf[row] = 0;
  }

  /** Has all policies found again. */
  void forgetPolicies() {
    Arrays.fill(policyOf, (short) 0);
    policies.clear();
  }

  int addHistogram(long group, ClassicHistogram histogram) {
    int number = firstFreeHistogram;
    while (number < histograms.size() && histograms.get(number) != null) {
      number++;
    }
    firstFreeHistogram = number + 1;
    if (number == histograms.size()) {
      histograms.add(histogram);
    } else {
      histograms.set(number, histogram);
    }
    histogramIndex.put(group, number);
    return number;
  }

  void removeHistogram(long group, int number) {
    histogramIndex.remove(group);
    histograms.set(number, null);
    firstFreeHistogram = Math.min(firstFreeHistogram, number);
  }

  /** Writes the state, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    base.writeTo(out);
    scored.writeTo(out);
    profiles.writeTo(out);
    for (int row = 0; row < base.top(); row++) {
      out.writeInt(labels[row].length);
      out.write(labels[row]);
    }
    out.writeInt(histograms.size());
    for (ClassicHistogram histogram : histograms) {
      out.writeBoolean(histogram != null);
      if (histogram != null) {
        histogram.writeTo(out);
      }
    }
    writeIndex(histogramIndex, out);
    out.writeInt(nativeSeries.size());
    for (Map.Entry<Integer, NativeSeries> series : nativeSeries.entrySet()) {
      out.writeInt(series.getKey());
      series.getValue().writeTo(out);
    }
    writeIndex(kinds, out);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of a later version or of rows of other lengths
   */
  public static SeriesTable readFrom(DataInput in, int scoredBytes, int profileBytes)
      throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the state of series has version " + version + ", this release reads " + VERSION);
    }
    RowPages base = RowPages.readFrom(in, BASE_BYTES);
    RowPages scored = RowPages.readFrom(in, scoredBytes);
    RowPages profiles = RowPages.readFrom(in, profileBytes);
    byte[][] labels = new byte[base.top()][];
    for (int row = 0; row < base.top(); row++) {
      labels[row] = new byte[in.readInt()];
      in.readFully(labels[row]);
    }
    List<@Nullable ClassicHistogram> histograms = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      histograms.add(in.readBoolean() ? ClassicHistogram.readFrom(in) : null);
    }
    LongIndex histogramIndex = readIndex(in);
    Map<Integer, NativeSeries> nativeSeries = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      nativeSeries.put(in.readInt(), NativeSeries.readFrom(in));
    }
    SeriesTable read =
        new SeriesTable(
            base,
            scored,
            profiles,
            labels,
            histogramIndex,
            histograms,
            nativeSeries,
            readIndex(in));
    for (int row = 0; row < base.top(); row++) {
      if (base.isUsed(row)) {
        read.index.add(row);
      }
    }
    return read;
  }

  /** Sorted, so that equal tables give equal bytes. */
  private static void writeIndex(LongIndex index, DataOutput out) throws IOException {
    TreeMap<Long, Integer> sorted = new TreeMap<>();
    index.forEach(sorted::put);
    out.writeInt(sorted.size());
    for (Map.Entry<Long, Integer> entry : sorted.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeInt(entry.getValue());
    }
  }

  private static LongIndex readIndex(DataInput in) throws IOException {
    LongIndex index = new LongIndex();
    for (int left = in.readInt(); left > 0; left--) {
      index.put(in.readLong(), in.readInt());
    }
    return index;
  }
}
