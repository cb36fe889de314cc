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
  static final int CHECK = 24;

  /** Row of its score, or number of its histogram when it is a bucket; -1 for neither. */
  static final int TARGET = 28;

  /** Which bucket of its histogram it is. */
  static final int SLOT = 32;

  static final int TREATMENT = 36;
  static final int DECLARED_KIND = 37;
  static final int FLAGS = 38;
  static final int BASE_BYTES = 40;

  static final int SEEN = 1;
  static final int ENDED = 2;

  final LongIndex index;
  final RowPages base;
  final RowPages scored;
  final RowPages profiles;

  /** Labels as {@link io.tocsin.models.telemetry.LabelBytes}, by base row; never changed. */
  byte[][] labels;

  /** By base row; not part of the state, found again when null. */
  @Nullable SeriesPolicy[] policies;

  final LongIndex histogramIndex;
  final List<@Nullable ClassicHistogram> histograms;

  /** None below this is free; where to look, not part of the state. */
  private int firstFreeHistogram;

  /** By base row. */
  final Map<Integer, NativeSeries> nativeSeries;

  /** Kinds that metadata declared, by hash of the family's name. */
  final LongIndex kinds;

  /** An empty table for rows of these lengths, which follow from the detector. */
  public SeriesTable(int scoredBytes, int profileBytes) {
    this(
        new LongIndex(),
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
      LongIndex index,
      RowPages base,
      RowPages scored,
      RowPages profiles,
      byte[][] labels,
      LongIndex histogramIndex,
      List<@Nullable ClassicHistogram> histograms,
      Map<Integer, NativeSeries> nativeSeries,
      LongIndex kinds) {
    this.index = index;
    this.base = base;
    this.scored = scored;
    this.profiles = profiles;
    this.labels = labels;
    this.policies = new SeriesPolicy[labels.length];
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
            index.copy(),
            base.copy(),
            scored.copy(),
            profiles.copy(),
            labels.clone(),
            histogramIndex.copy(),
            copiedHistograms,
            copiedNativeSeries,
            kinds.copy());
    copy.policies = policies.clone();
    return copy;
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
    return base.bytes() + scored.bytes() + profiles.bytes() + text + 24L * index.size();
  }

  int add(long hash, int check, MetricKind declared, byte[] labelBytes) {
    int row = base.add();
    if (row >= labels.length) {
      int longer = Math.max(16, row + row / 2);
      int from = labels.length;
      labels = Arrays.copyOf(labels, longer);
      Arrays.fill(labels, from, longer, new byte[0]);
      policies = Arrays.copyOf(policies, longer);
    }
    labels[row] = labelBytes;
    policies[row] = null;
    index.put(hash, row);
    Row cursor = new Row();
    base.read(row, cursor);
    cursor.setLong(HASH, hash);
    cursor.setInt(CHECK, check);
    cursor.setInt(TARGET, -1);
    cursor.setByte(DECLARED_KIND, (byte) declared.number());
    return row;
  }

  void remove(int row, long hash) {
    index.remove(hash);
    base.remove(row);
    labels[row] = new byte[0];
    policies[row] = null;
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
    LongIndex index = new LongIndex();
    Row cursor = new Row();
    for (int row = 0; row < base.top(); row++) {
      labels[row] = new byte[in.readInt()];
      in.readFully(labels[row]);
      if (base.isUsed(row)) {
        base.read(row, cursor);
        index.put(cursor.getLong(HASH), row);
      }
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
    return new SeriesTable(
        index,
        base,
        scored,
        profiles,
        labels,
        histogramIndex,
        histograms,
        nativeSeries,
        readIndex(in));
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
