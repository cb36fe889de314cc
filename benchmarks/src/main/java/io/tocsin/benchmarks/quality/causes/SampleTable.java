// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * A table of samples: a head with the names of the columns, a row for each time.
 *
 * @param columns names of the columns but for the first one read
 * @param times of the rows, ms since the epoch, rising
 * @param rows the values; NaN where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
record SampleTable(List<String> columns, long[] times, double[][] rows) {

  /** Reads a table whose first column is the time; rows that cannot be read become flaws. */
  static SampleTable read(Source source, Path file) {
    return read(source, file, source.lines(file), 0);
  }

  /**
   * Reads a table.
   *
   * @param timeColumn where the time stands; what stands before that column is left out
   */
  static SampleTable read(Source source, Path file, List<String> lines, int timeColumn) {
    if (lines.isEmpty()) {
      return new SampleTable(List.of(), new long[0], new double[0][]);
    }
    List<String> head = Source.fields(lines.get(0));
    List<String> columns = head.subList(Math.min(timeColumn + 1, head.size()), head.size());
    TreeMap<Long, double[]> rows = new TreeMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          List<String> fields = Source.fields(lines.get(i));
          if (fields.size() != head.size()) {
            throw new BadLineException(
                "there are %d columns, not %d".formatted(fields.size(), head.size()));
          }
          long time = Timestamps.parse(fields.get(timeColumn));
          if (rows.putIfAbsent(time, values(fields.subList(timeColumn + 1, fields.size())))
              != null) {
            throw new BadLineException("there is a row of that time already");
          }
        } catch (BadLineException e) {
          source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        }
      }
    }
    long[] times = rows.keySet().stream().mapToLong(Long::longValue).toArray();
    return new SampleTable(List.copyOf(columns), times, rows.values().toArray(double[][]::new));
  }

  private static double[] values(List<String> fields) throws BadLineException {
    double[] values = new double[fields.size()];
    for (int i = 0; i < values.length; i++) {
      String field = fields.get(i);
      boolean missing = field.isEmpty() || field.equals("NaN");
      values[i] = missing ? Double.NaN : Source.number(field);
    }
    return values;
  }

  /** Adds a column's samples, their times moved by so many ms. */
  void addTo(Samples samples, int column, long shift) {
    for (int i = 0; i < times.length; i++) {
      samples.add(times[i] + shift, rows[i][column]);
    }
  }
}
