// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.RemoteWriteSender;
import io.tocsin.models.telemetry.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * Score and band of one value, for a graph in Prometheus.
 *
 * @param labels the labels of the series
 * @param time event time, ms since the epoch
 * @param value what was observed: of a counter its rate, of a histogram a quantile
 * @param detector which model says so
 * @param score 1.0 is the boundary
 * @param expected the value the model expected
 * @param lower lower end of the band
 * @param upper upper end of the band
 */
public record BandPoint(
    Map<String, String> labels,
    long time,
    double value,
    String detector,
    double score,
    double expected,
    double lower,
    double upper) {

  /** Offers all five to a sender. */
  void offer(RemoteWriteSender sender) {
    offer(sender, "tocsin_anomaly_score", score);
    offer(sender, "tocsin_observed_value", value);
    offer(sender, "tocsin_expected_value", expected);
    offer(sender, "tocsin_expected_lower", lower);
    offer(sender, "tocsin_expected_upper", upper);
  }

  private void offer(RemoteWriteSender sender, String name, double value) {
    Map<String, String> named = new TreeMap<>(labels);
    named.put("source_metric", String.valueOf(named.remove(Labels.NAME)));
    named.put("detector", detector);
    named.put(Labels.NAME, name);
    sender.offer(Labels.of(named), time, value);
  }
}
