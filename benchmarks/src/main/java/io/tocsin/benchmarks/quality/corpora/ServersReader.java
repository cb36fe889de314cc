// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads servers with many metrics. The test part follows the training part, which is healthy by its
 * publisher's word. The files hold no times: they are counted on from a fixed day.
 */
final class ServersReader {
  private static final String[] ENDINGS = {".csv", ".txt"};
  private static final long START = 1_704_067_200_000L;
  private static final long MINUTE = 60_000;

  /**
   * The Application Server Dataset's publisher names its servers so (InterFusion, KDD 2021) and
   * samples them every five minutes; a minute, as in the Server Machine Dataset, for all others.
   */
  private static final String APPLICATION_SERVER = "omi-";

  private final Source source;

  ServersReader(Source source) {
    this.source = source;
  }

  List<Subject> read() {
    TreeSet<String> names = new TreeSet<>();
    for (String part : new String[] {"train", "test"}) {
      for (Path file : Source.tables(source.root().resolve(part))) {
        String name = String.valueOf(file.getFileName());
        names.add(name.substring(0, name.length() - ENDINGS[0].length()));
      }
    }
    List<Subject> subjects = new ArrayList<>();
    for (String name : names) {
      Subject subject = subject(name);
      if (subject != null) {
        subjects.add(subject);
      }
    }
    return subjects;
  }

  private @Nullable Subject subject(String name) {
    List<double[]> rows = new ArrayList<>();
    read(find("train", name), rows);
    int labelledFrom = rows.size();
    Path test = find("test", name);
    read(test, rows);
    if (rows.isEmpty()) {
      return null;
    }
    boolean[] labels = new boolean[rows.size()];
    Path file = find("test_label", name);
    if (file != null) {
      readLabels(file, labels, labelledFrom);
    } else if (test != null) {
      source.flaw(test, 0, "has no labels: all of it is taken for healthy");
      labelledFrom = rows.size();
    }
    List<Segment> segments = TableReader.segments(labels, labelledFrom, labels.length);
    return new Subject(
        name,
        times(rows.size(), name.startsWith(APPLICATION_SERVER) ? 5 * MINUTE : MINUTE),
        columns(rows),
        labelledFrom,
        withCauses(name, segments, labelledFrom));
  }

  private @Nullable Path find(String part, String name) {
    for (String ending : ENDINGS) {
      Path file = source.root().resolve(part).resolve(name + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /** A line that cannot be read stays as a sample without values, so that labels still fit. */
  private void read(@Nullable Path file, List<double[]> rows) {
    if (file == null) {
      return;
    }
    List<String> lines = source.lines(file);
    int columns = rows.isEmpty() ? width(lines) : rows.get(0).length;
    for (int i = 0; i < lines.size(); i++) {
      double[] row = new double[columns];
      try {
        parse(lines.get(i), row);
      } catch (BadLineException e) {
        source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        Arrays.fill(row, Double.NaN);
      }
      rows.add(row);
    }
  }

  private static int width(List<String> lines) {
    return lines.isEmpty() ? 0 : Source.fields(lines.get(0)).size();
  }

  private static void parse(String line, double[] row) throws BadLineException {
    List<String> fields = Source.fields(line);
    if (fields.size() != row.length) {
      throw new BadLineException(
          "there are %d columns, not %d".formatted(fields.size(), row.length));
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = Source.number(fields.get(i));
    }
  }

  private void readLabels(Path file, boolean[] labels, int from) {
    List<String> lines = source.lines(file);
    if (lines.size() != labels.length - from) {
      source.flaw(
          file,
          Math.max(1, lines.size()),
          "there are %d labels for %d samples".formatted(lines.size(), labels.length - from));
    }
    for (int i = 0; i < lines.size() && from + i < labels.length; i++) {
      try {
        labels[from + i] = Source.number(lines.get(i).strip()) > 0;
      } catch (BadLineException e) {
        source.flaw(file, i + 1, String.valueOf(e.getMessage()));
      }
    }
  }

  private static long[] times(int length, long interval) {
    long[] times = new long[length];
    for (int i = 0; i < length; i++) {
      times[i] = START + i * interval;
    }
    return times;
  }

  private static double[][] columns(List<double[]> rows) {
    double[][] columns = new double[rows.get(0).length][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      for (int column = 0; column < row.length; column++) {
        columns[column][i] = row[column];
      }
    }
    return columns;
  }

  /** Adds the causes, told as {@code from-to:metric,metric,...} with metrics counted from 1. */
  private List<Segment> withCauses(String name, List<Segment> segments, int from) {
    Path file = find("interpretation_label", name);
    if (file == null) {
      return segments;
    }
    List<Segment> told = new ArrayList<>(segments);
    List<String> lines = source.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        tell(lines.get(i), told, from);
      } catch (BadLineException | NumberFormatException | IndexOutOfBoundsException e) {
        source.flaw(file, i + 1, "is not of the form from-to:metric,metric");
      }
    }
    return told;
  }

  private static void tell(String line, List<Segment> told, int from) throws BadLineException {
    if (line.isBlank()) {
      return;
    }
    int colon = line.indexOf(':');
    String range = line.substring(0, colon);
    int start = from + Integer.parseInt(range.substring(0, range.indexOf('-')).strip());
    int end = from + Integer.parseInt(range.substring(range.indexOf('-') + 1).strip());
    List<Integer> causes = new ArrayList<>();
    for (String field : Source.fields(line.substring(colon + 1))) {
      causes.add((int) Source.number(field) - 1);
    }
    for (int i = 0; i < told.size(); i++) {
      Segment segment = told.get(i);
      // Publishers count ends inclusively or exclusively: what overlaps is meant.
      if (segment.from() <= end && segment.to() >= start && segment.causes().isEmpty()) {
        told.set(i, new Segment(segment.from(), segment.to(), causes));
      }
    }
  }
}
