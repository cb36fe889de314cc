// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the Numenta Anomaly Benchmark. Its windows are given by the times of their first and last
 * row; of rows with the same time the first counts, as in NAB's own {@code nab/sweeper.py}.
 */
final class NabReader {
  static final String WINDOWS = "labels/combined_windows.json";
  static final String DATA = "data";

  private final Source source;
  private final TableReader tables;

  NabReader(Source source) {
    this.source = source;
    this.tables = new TableReader(source);
  }

  List<Subject> read() {
    List<Subject> subjects = new ArrayList<>();
    Path data = source.root().resolve(DATA);
    JsonNode windows = windows();
    for (Path file : Source.tables(data)) {
      Subject read = tables.read(file, false);
      String key = data.relativize(file).toString().replace('\\', '/');
      if (read != null) {
        subjects.add(labelled(read, key, file, windows.path(key)));
      }
    }
    windows
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (subjects.stream().noneMatch(subject -> subject.name().equals(key))) {
                source.flaw(data.resolve(key), 0, "has windows, but no samples");
              }
            });
    return subjects;
  }

  private JsonNode windows() {
    Path file = source.root().resolve(WINDOWS);
    try {
      return new ObjectMapper().readTree(source.text(file));
    } catch (JsonProcessingException e) {
      source.flaw(file, e.getLocation().getLineNr(), e.getOriginalMessage());
      return new ObjectMapper().createObjectNode();
    }
  }

  private Subject labelled(Subject read, String key, Path file, JsonNode windows) {
    long[] times = new long[read.length()];
    double[] values = new double[read.length()];
    for (int i = 0; i < times.length; i++) {
      times[i] = read.time(i);
      values[i] = read.value(0, i);
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonNode window : windows) {
      try {
        int from = indexOf(times, window.path(0).asText());
        segments.add(new Segment(from, indexOf(times, window.path(1).asText())));
      } catch (BadLineException e) {
        source.flaw(file, 0, "a window is left out: " + e.getMessage());
      }
    }
    return new Subject(key, times, new double[][] {values}, 0, segments);
  }

  private static int indexOf(long[] times, String text) throws BadLineException {
    long time = Timestamps.parse(text);
    for (int i = 0; i < times.length; i++) {
      if (times[i] == time) {
        return i;
      }
    }
    throw new BadLineException("no sample has the time " + text);
  }
}
