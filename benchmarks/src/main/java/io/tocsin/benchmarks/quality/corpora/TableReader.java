// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of one series: a head, then time, value and perhaps label. */
final class TableReader {
  private final Source source;

  TableReader(Source source) {
    this.source = source;
  }

  /** The series of a file, or null when there is none in it. */
  @Nullable Subject read(Path file, boolean labelled) {
    List<String> lines = source.lines(file);
    Columns columns = new Columns(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          columns.add(Source.fields(lines.get(i)), labelled);
        } catch (BadLineException e) {
          source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        }
      }
    }
    if (columns.size == 0) {
      source.flaw(file, 0, "holds no samples");
      return null;
    }
    return columns.subject(source.name(file));
  }

  /** What was read so far. */
  private static final class Columns {
    private final long[] times;
    private final double[] values;
    private final boolean[] labels;
    private int size;

    Columns(int most) {
      times = new long[most];
      values = new double[most];
      labels = new boolean[most];
    }

    void add(List<String> fields, boolean labelled) throws BadLineException {
      int expected = labelled ? 3 : 2;
      if (fields.size() < expected) {
        throw new BadLineException(
            "there are %d columns, not %d".formatted(fields.size(), expected));
      }
      times[size] = Timestamps.parse(fields.get(0));
      values[size] = Source.number(fields.get(1));
      labels[size] = labelled && Source.number(fields.get(2)) > 0;
      size++;
    }

    Subject subject(String name) {
      return new Subject(
          name,
          Arrays.copyOf(times, size),
          new double[][] {Arrays.copyOf(values, size)},
          0,
          segments(labels, 0, size));
    }
  }

  /** The runs of labelled samples. */
  static List<Segment> segments(boolean[] labels, int from, int to) {
    List<Segment> segments = new ArrayList<>();
    int start = -1;
    for (int i = from; i <= to; i++) {
      boolean labelled = i < to && labels[i];
      if (labelled && start < 0) {
        start = i;
      } else if (!labelled && start >= 0) {
        segments.add(new Segment(start, i - 1));
        start = -1;
      }
    }
    return segments;
  }
}
