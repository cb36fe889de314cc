// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.Map;
import java.util.Set;

/**
 * What a metric's name tells where metadata is silent, by the naming conventions of Prometheus and
 * OpenMetrics.
 */
public final class NamingRules {
  /** Suffix of the series that holds the 0.95 quantile of a histogram. */
  public static final String P95 = ":p95";

  /** Unit of a rate of things that are counted one by one. */
  public static final String PER_SECOND = "/s";

  private static final Map<String, MetricKind> KINDS =
      Map.ofEntries(
          Map.entry("total", MetricKind.COUNTER),
          Map.entry("sum", MetricKind.COUNTER),
          Map.entry("count", MetricKind.COUNTER),
          Map.entry("info", MetricKind.INFO),
          // A point in time is a fact about the series, not a level that can deviate.
          Map.entry("created", MetricKind.INFO),
          Map.entry("timestamp", MetricKind.INFO));

  private static final Set<String> UNITS =
      Set.of(
          "seconds",
          "milliseconds",
          "bytes",
          "bits",
          "ratio",
          "percent",
          "celsius",
          "volts",
          "amperes",
          "watts",
          "joules",
          "hertz",
          "meters",
          "grams",
          "cores");

  private NamingRules() {}

  /**
   * The kind of a series without metadata. The parts of a histogram or summary are counters, but
   * for its buckets, which are a {@link MetricKind#HISTOGRAM}, and its quantiles, which are gauges;
   * points in time are an {@link MetricKind#INFO}; what has no telling name is a gauge.
   */
  public static MetricKind kindOf(Labels series) {
    String metric = series.metric();
    if (metric.endsWith("_bucket") && !series.get("le").isEmpty()) {
      return MetricKind.HISTOGRAM;
    }
    if (!series.get("quantile").isEmpty()) {
      return MetricKind.GAUGE;
    }
    if (metric.equals("ALERTS")) {
      return MetricKind.STATE_SET;
    }
    if (metric.equals("ALERTS_FOR_STATE") || metric.endsWith("_timestamp_seconds")) {
      return MetricKind.INFO;
    }
    return KINDS.getOrDefault(lastWord(metric), MetricKind.GAUGE);
  }

  /**
   * The unit of the value that is scored: {@code seconds} of {@code x_duration_seconds}, {@code
   * bytes/s} of the counter {@code x_bytes_total}, {@code /s} of a counter of things; empty where
   * the name does not say.
   */
  public static String unitOf(String metric, MetricKind kind) {
    String name = cut(metric, P95);
    if (kind == MetricKind.COUNTER || isPart(name, kind)) {
      // How many there were has no unit, even if each is measured in one.
      return name.endsWith("_count")
          ? PER_SECOND
          : baseUnit(cut(cut(name, "_total"), "_sum")) + PER_SECOND;
    }
    return baseUnit(cut(name, "_bucket"));
  }

  /** Whether this is the sum or the count of a histogram or summary. */
  private static boolean isPart(String name, MetricKind kind) {
    return (kind == MetricKind.HISTOGRAM || kind == MetricKind.SUMMARY)
        && (name.endsWith("_sum") || name.endsWith("_count"));
  }

  /** Whether a metric is counted where a call is made, not where it is served. */
  public static boolean isClientSide(String metric) {
    return metric.contains("_client_");
  }

  /** Whether a metric tells how much there is to do, as far as its name says. */
  public static boolean isLoad(String metric) {
    return (metric.contains("requests") && !metric.contains("in_flight"))
        || metric.equals("request_total");
  }

  private static String baseUnit(String name) {
    String word = lastWord(name);
    return UNITS.contains(word) && word.length() < name.length() ? word : "";
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf('_') + 1);
  }

  private static String cut(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
