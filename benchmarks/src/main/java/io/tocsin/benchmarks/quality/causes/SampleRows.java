// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.benchmarks.quality.corpora.BadLineException;
import io.tocsin.benchmarks.quality.corpora.Source;
import io.tocsin.benchmarks.quality.corpora.Timestamps;
import io.tocsin.models.telemetry.NamingRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads metrics of which each row is one sample: {@code timestamp,service,metric,value}, with a
 * head, in any order.
 */
final class SampleRows {
  private static final int COLUMNS = 4;
  private static final List<String> SYMPTOMS =
      List.of("latency", "duration", "error", "unauthorized", "availability", "success", "5xx");
  private static final List<String> GOOD = List.of("availability", "success");

  private SampleRows() {}

  private record Key(String service, String metric) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byService = service.compareTo(other.service);
      return byService != 0 ? byService : metric.compareTo(other.metric);
    }
  }

  /** The series of a file; rows that cannot be read become flaws. */
  static List<CaseSeries> read(Source source, Path file, String system) {
    Map<Key, SortedMap<Long, Double>> samples = new TreeMap<>();
    List<String> lines = source.lines(file);
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          add(samples, Source.fields(lines.get(i)));
        } catch (BadLineException e) {
          source.flaw(file, i + 1, String.valueOf(e.getMessage()));
        }
      }
    }
    List<CaseSeries> series = new ArrayList<>();
    samples.forEach(
        (key, of) ->
            series.add(
                Samples.of(of)
                    .metric(
                        Reading.service(system, key.service()),
                        key.metric(),
                        feels(key.metric()))));
    return series;
  }

  private static void add(Map<Key, SortedMap<Long, Double>> samples, List<String> fields)
      throws BadLineException {
    if (fields.size() != COLUMNS) {
      throw new BadLineException(
          "there are %d columns, not timestamp, service, metric and value"
              .formatted(fields.size()));
    }
    long time = Timestamps.parse(fields.get(0));
    double value = Source.number(fields.get(3));
    Key key = new Key(fields.get(1), fields.get(2));
    Double other = samples.computeIfAbsent(key, any -> new TreeMap<>()).putIfAbsent(time, value);
    if (other != null) {
      throw new BadLineException(
          "%s of %s has a value for that time already".formatted(fields.get(2), fields.get(1)));
    }
  }

  /** Whether a metric's name says that it is a time. */
  static boolean isTime(String metric) {
    String lower = metric.toLowerCase(Locale.ROOT);
    return lower.contains("latency")
        || lower.contains("duration")
        || lower.startsWith("lat_")
        || lower.startsWith("calls");
  }

  /** The unit of a metric as far as it matters here: that of times, or none. */
  static String unit(String metric) {
    return isTime(metric) ? "seconds" : "";
  }

  /** Whether a metric's name says that more of it is better. */
  static boolean isGood(String metric) {
    String lower = metric.toLowerCase(Locale.ROOT);
    return GOOD.stream().anyMatch(lower::contains);
  }

  /** Whether a metric's name says that callers feel it. */
  static boolean feels(String metric) {
    String lower = metric.toLowerCase(Locale.ROOT);
    return !NamingRules.isClientSide(metric) && SYMPTOMS.stream().anyMatch(lower::contains);
  }
}
