// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Metrics of Prometheus' client as a request of OTLP. Names stay as Prometheus knows them; all
 * counts are since the start.
 */
public final class OtlpMetrics {
  private static final AggregationTemporality SINCE_THE_START =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

  private final Resource resource;
  private final long startNanos;

  /**
   * A mapping for one process.
   *
   * @param who attributes of the process, such as {@code service.name}
   * @param startMillis since when it counts, ms since the epoch
   */
  public OtlpMetrics(Map<String, String> who, long startMillis) {
    resource = Attributes.resource(who);
    startNanos = TimeUnit.MILLISECONDS.toNanos(startMillis);
  }

  /**
   * The request that says what these are now.
   *
   * @param millis now, ms since the epoch
   */
  public byte[] request(Enumeration<MetricFamilySamples> families, long millis) {
    long now = TimeUnit.MILLISECONDS.toNanos(millis);
    ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder();
    while (families.hasMoreElements()) {
      metrics.addAllMetrics(metrics(families.nextElement(), now));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(metrics))
        .build()
        .toByteArray();
  }

  private List<Metric> metrics(MetricFamilySamples family, long now) {
    return switch (family.type) {
      case COUNTER -> named(family, each -> counter(each, now));
      case HISTOGRAM ->
          List.of(metric(family, family.name).setHistogram(histogram(family, now)).build());
      case SUMMARY -> List.of(metric(family, family.name).setSummary(summary(family, now)).build());
      case GAUGE, UNKNOWN, INFO, STATE_SET, GAUGE_HISTOGRAM ->
          named(family, each -> gauge(each, now));
    };
  }

  /**
   * One metric for each name of samples; when they were created, Prometheus alone wants to know.
   */
  private static List<Metric> named(
      MetricFamilySamples family, Function<List<Sample>, Metric.Builder> form) {
    Map<String, List<Sample>> byName = new LinkedHashMap<>();
    for (Sample sample : family.samples) {
      if (!sample.name.endsWith("_created")) {
        byName.computeIfAbsent(sample.name, any -> new ArrayList<>()).add(sample);
      }
    }
    List<Metric> metrics = new ArrayList<>();
    byName.forEach(
        (name, samples) ->
            metrics.add(form.apply(samples).mergeFrom(metric(family, name).build()).build()));
    return metrics;
  }

  private static Metric.Builder metric(MetricFamilySamples family, String name) {
    return Metric.newBuilder().setName(name).setDescription(family.help).setUnit(unit(name));
  }

  /** As UCUM writes what Prometheus' names end in. */
  private static String unit(String name) {
    String base = name.replaceFirst("_total$", "");
    return base.endsWith("_seconds") ? "s" : base.endsWith("_bytes") ? "By" : "";
  }

  private Metric.Builder counter(List<Sample> samples, long now) {
    Sum.Builder sum =
        Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(SINCE_THE_START);
    samples.forEach(
        sample -> sum.addDataPoints(number(sample, now).setStartTimeUnixNano(startNanos)));
    return Metric.newBuilder().setSum(sum);
  }

  private static Metric.Builder gauge(List<Sample> samples, long now) {
    Gauge.Builder gauge = Gauge.newBuilder();
    samples.forEach(sample -> gauge.addDataPoints(number(sample, now)));
    return Metric.newBuilder().setGauge(gauge);
  }

  private static NumberDataPoint.Builder number(Sample sample, long now) {
    return NumberDataPoint.newBuilder()
        .addAllAttributes(Attributes.of(labels(sample)))
        .setTimeUnixNano(now)
        .setAsDouble(sample.value);
  }

  /**
   * The samples that make up one point.
   *
   * @param parts by the label that tells them apart
   * @param whole the others
   */
  private record Point(Map<String, Double> parts, List<Sample> whole) {
    double value(String suffix) {
      return whole.stream()
          .filter(sample -> sample.name.endsWith(suffix))
          .mapToDouble(sample -> sample.value)
          .findFirst()
          .orElse(0);
    }

    long count() {
      return Math.round(value("_count"));
    }
  }

  /** The points of a family, by their labels without the one that tells parts apart. */
  private static Map<Map<String, String>, Point> points(MetricFamilySamples family, String apart) {
    Map<Map<String, String>, Point> points = new LinkedHashMap<>();
    for (Sample sample : family.samples) {
      Map<String, String> labels = labels(sample);
      String part = labels.remove(apart);
      Point point =
          points.computeIfAbsent(
              labels, any -> new Point(new LinkedHashMap<>(), new ArrayList<>()));
      if (part == null) {
        point.whole.add(sample);
      } else {
        point.parts.put(part, sample.value);
      }
    }
    return points;
  }

  private Histogram histogram(MetricFamilySamples family, long now) {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(SINCE_THE_START);
    points(family, "le")
        .forEach(
            (labels, of) -> {
              HistogramDataPoint.Builder point = histogram.addDataPointsBuilder();
              point
                  .addAllAttributes(Attributes.of(labels))
                  .setStartTimeUnixNano(startNanos)
                  .setTimeUnixNano(now)
                  .setCount(of.count())
                  .setSum(of.value("_sum"));
              of.parts.forEach((bound, upToHere) -> bucket(point, bound, Math.round(upToHere)));
            });
    return histogram.build();
  }

  /** Prometheus' buckets, which come ascending, hold what the smaller ones hold; OTLP's do not. */
  private static void bucket(HistogramDataPoint.Builder point, String bound, long upToHere) {
    long before = point.getBucketCountsList().stream().mapToLong(Long::longValue).sum();
    point.addBucketCounts(upToHere - before);
    if (!bound.equals("+Inf")) {
      point.addExplicitBounds(Double.parseDouble(bound));
    }
  }

  private Summary summary(MetricFamilySamples family, long now) {
    Summary.Builder summary = Summary.newBuilder();
    points(family, "quantile")
        .forEach(
            (labels, of) -> {
              SummaryDataPoint.Builder point = summary.addDataPointsBuilder();
              point
                  .addAllAttributes(Attributes.of(labels))
                  .setStartTimeUnixNano(startNanos)
                  .setTimeUnixNano(now)
                  .setCount(of.count())
                  .setSum(of.value("_sum"));
              of.parts.forEach(
                  (quantile, value) ->
                      point
                          .addQuantileValuesBuilder()
                          .setQuantile(Double.parseDouble(quantile))
                          .setValue(value));
            });
    return summary.build();
  }

  private static Map<String, String> labels(Sample sample) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < sample.labelNames.size(); i++) {
      labels.put(sample.labelNames.get(i), sample.labelValues.get(i));
    }
    return labels;
  }
}
