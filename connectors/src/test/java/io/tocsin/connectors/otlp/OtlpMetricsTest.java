// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.Summary;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OtlpMetricsTest {
  private static final long START = 1_700_000_000_000L;
  private static final long NOW = START + 60_000;

  private final CollectorRegistry registry = new CollectorRegistry();

  private ResourceMetrics sent() throws Exception {
    byte[] request =
        new OtlpMetrics(Map.of("service.name", "tocsin-gateway"), START)
            .request(registry.metricFamilySamples(), NOW);
    return ExportMetricsServiceRequest.parseFrom(request).getResourceMetrics(0);
  }

  private Map<String, Metric> byName() throws Exception {
    Map<String, Metric> metrics = new TreeMap<>();
    sent().getScopeMetrics(0).getMetricsList().forEach(each -> metrics.put(each.getName(), each));
    return metrics;
  }

  @Test
  void aCounterIsASumSinceTheStartUnderItsOwnName() throws Exception {
    Counter.build("x_bytes_total", "Help.").labelNames("a").register(registry).labels("b").inc(3);

    assertThat(byName()).containsOnlyKeys("x_bytes_total");
    Metric metric = byName().get("x_bytes_total");
    assertThat(metric.getDescription()).isEqualTo("Help.");
    assertThat(metric.getUnit()).isEqualTo("By");
    assertThat(metric.getSum().getIsMonotonic()).isTrue();
    assertThat(metric.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    NumberDataPoint point = metric.getSum().getDataPoints(0);
    assertThat(point.getAsDouble()).isEqualTo(3);
    assertThat(point.getStartTimeUnixNano()).isEqualTo(START * 1_000_000);
    assertThat(point.getTimeUnixNano()).isEqualTo(NOW * 1_000_000);
    assertThat(point.getAttributes(0)).isEqualTo(Attributes.of("a", "b"));
  }

  @Test
  void aGaugeIsAGauge() throws Exception {
    Gauge.build("x", "Help.").register(registry).set(-2);

    Metric metric = byName().get("x");
    assertThat(metric.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(-2);
    assertThat(metric.getUnit()).isEmpty();
    assertThat(sent().getResource().getAttributes(0))
        .isEqualTo(Attributes.of("service.name", "tocsin-gateway"));
  }

  @Test
  void aHistogramHasBucketsThatDoNotHoldEachOther() throws Exception {
    Histogram histogram =
        Histogram.build("x_seconds", "Help.").labelNames("a").buckets(1, 5).register(registry);
    for (double value : new double[] {0.5, 1, 2, 7, 9, 11}) {
      histogram.labels("b").observe(value);
    }
    histogram.labels("c").observe(3);

    Metric metric = byName().get("x_seconds");
    assertThat(metric.getUnit()).isEqualTo("s");
    assertThat(metric.getHistogram().getDataPointsCount()).isEqualTo(2);
    HistogramDataPoint point =
        metric.getHistogram().getDataPointsList().stream()
            .filter(each -> each.getAttributes(0).equals(Attributes.of("a", "b")))
            .findFirst()
            .orElseThrow();
    assertThat(point.getExplicitBoundsList()).containsExactly(1.0, 5.0);
    assertThat(point.getBucketCountsList()).containsExactly(2L, 1L, 3L);
    assertThat(point.getCount()).isEqualTo(6);
    assertThat(point.getSum()).isEqualTo(30.5);
    assertThat(point.getAttributesCount()).isEqualTo(1);
  }

  @Test
  void aSummaryIsASummary() throws Exception {
    Summary summary = Summary.build("x", "Help.").quantile(0.5, 0.01).register(registry);
    summary.observe(4);

    SummaryDataPoint point = byName().get("x").getSummary().getDataPoints(0);
    assertThat(point.getCount()).isEqualTo(1);
    assertThat(point.getSum()).isEqualTo(4);
    assertThat(point.getQuantileValues(0).getQuantile()).isEqualTo(0.5);
    assertThat(point.getQuantileValues(0).getValue()).isEqualTo(4);
  }
}
