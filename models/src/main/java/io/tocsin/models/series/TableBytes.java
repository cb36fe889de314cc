// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import io.tocsin.models.telemetry.LabelBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * The bytes of a {@link SeriesTable}. They tell the layout and the lengths of their rows, so that
 * they can be read without the detector that they belong to.
 *
 * <p>Version 1 told no layout, since there was one, had no chains of relatives, and did not know
 * where a series learns from.
 */
final class TableBytes {
  private static final int LAYOUT_OF_VERSION_1 = 1;
  private static final int BASE_BYTES_OF_VERSION_1 = 48;

  private TableBytes() {}

  /** How rows are written. */
  @FunctionalInterface
  interface RowWriter {
    void write(RowPages rows, DataOutput out) throws IOException;
  }

  static void write(SeriesTable table, DataOutput out, RowWriter rows) throws IOException {
    out.writeInt(SeriesTable.VERSION);
    out.writeInt(table.layout());
    rows.write(table.base, out);
    rows.write(table.scored, out);
    rows.write(table.profiles, out);
    for (int row = 0; row < table.base.top(); row++) {
      out.writeInt(table.labels[row].length);
      out.write(table.labels[row]);
    }
    table.histograms.writeTo(out);
    out.writeInt(table.nativeSeries.size());
    for (Map.Entry<Integer, NativeSeries> series : table.nativeSeries.entrySet()) {
      out.writeInt(series.getKey());
      series.getValue().writeTo(out);
    }
    table.kinds.writeTo(out);
    table.siblings.writeTo(out, table.scored.top());
    table.metrics.writeTo(out, table.scored.top());
  }

  static SeriesTable read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version < 1 || version > SeriesTable.VERSION) {
      throw new IOException(
          "the state of series has version "
              + version
              + ", this release reads versions up to "
              + SeriesTable.VERSION);
    }
    int layout = version == 1 ? LAYOUT_OF_VERSION_1 : in.readInt();
    RowPages base = base(version, RowPages.readFrom(in));
    SeriesTable read = new SeriesTable(layout, base, RowPages.readFrom(in), RowPages.readFrom(in));
    read.labels = new byte[read.base.top()][];
    for (int row = 0; row < read.base.top(); row++) {
      read.labels[row] = new byte[in.readInt()];
      in.readFully(read.labels[row]);
    }
    read.histograms = Histograms.readFrom(in);
    for (int left = in.readInt(); left > 0; left--) {
      read.nativeSeries.put(in.readInt(), NativeSeries.readFrom(in));
    }
    read.kinds = LongIndex.readFrom(in);
    read.index();
    if (version == 1) {
      chain(read);
    } else {
      read.siblings = RowChains.readFrom(in);
      read.metrics = RowChains.readFrom(in);
    }
    return read;
  }

  /** Rows for every series, as long as they are now. */
  private static RowPages base(int version, RowPages written) throws IOException {
    int expected = version == 1 ? BASE_BYTES_OF_VERSION_1 : SeriesTable.BASE_BYTES;
    if (written.rowBytes() != expected) {
      throw new IOException(
          "the state of series has rows of "
              + written.rowBytes()
              + " bytes, version "
              + version
              + " has rows of "
              + expected);
    }
    return version == 1
        ? written.changed(SeriesTable.BASE_BYTES, 0, 0, TableBytes::addOrigin)
        : written;
  }

  /** What has samples may have learned for long: it gives way to no history. */
  private static void addOrigin(Row old, Row fresh) {
    fresh.copyFrom(old, BASE_BYTES_OF_VERSION_1);
    if ((old.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) != 0) {
      fresh.setInt(SeriesTable.ORIGIN, SeriesTable.GONE_LIVE);
    }
  }

  /** Makes the chains, in the order of the rows. */
  private static void chain(SeriesTable table) {
    Row base = new Row();
    for (int row = 0; row < table.base.top(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        Treatment treatment = Treatment.of(base.getByte(SeriesTable.TREATMENT));
        if (treatment.hasOwnScore()) {
          int scored = base.getInt(SeriesTable.TARGET);
          chain(table, scored, table.labels[row], treatment == Treatment.COUNTER);
        }
      }
    }
    table.histograms.forEach(
        histogram -> chain(table, histogram.derived.scoredRow, histogram.derived.labels, false));
    for (NativeSeries series : table.nativeSeries.values()) {
      chain(table, series.derived.scoredRow, series.derived.labels, false);
    }
  }

  private static void chain(SeriesTable table, int scored, byte[] labels, boolean rate) {
    Row row = new Row();
    table.scored.read(scored, row);
    if (ScoredSeries.isScored(row)) {
      RelativeKeys keys = RelativeKeys.of(LabelBytes.read(labels, 0, labels.length), rate);
      table.siblings.add(keys.siblings(), scored);
      table.metrics.add(keys.metric(), scored);
    }
  }
}
