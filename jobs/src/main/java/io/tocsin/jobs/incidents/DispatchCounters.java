// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.alertmanager.DispatchListener;
import io.tocsin.connectors.alertmanager.Outcome;
import io.tocsin.jobs.health.DurationHistogram;
import io.tocsin.models.incidents.Alert;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Counts what becomes of alerts, for each Alertmanager. */
final class DispatchCounters implements DispatchListener {
  private static final String REFUSED = "dropped_refused";
  private static final String OVERFLOW = "dropped_overflow";

  private final MetricGroup group;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private static final double[] SECONDS = {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  /** Each is told of by the one thread of its Alertmanager. */
  private final Map<String, DurationHistogram> durations = new ConcurrentHashMap<>();

  DispatchCounters(MetricGroup group) {
    this.group = group;
  }

  /** Begins with 0, so that the first of a kind is seen as an increase. */
  void expect(URI alertmanager) {
    for (Outcome outcome : Outcome.values()) {
      count(alertmanager, name(outcome), 0);
    }
    count(alertmanager, REFUSED, 0);
    count(alertmanager, OVERFLOW, 0);
    duration(alertmanager.getAuthority());
  }

  private static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void sent(URI alertmanager, Outcome outcome, int alerts, Duration took) {
    count(alertmanager, name(outcome), alerts);
    duration(alertmanager.getAuthority()).observeNanos(took.toNanos());
  }

  @Override
  public void rejected(URI alertmanager, Alert alert, String answer) {
    count(alertmanager, REFUSED, 1);
  }

  @Override
  public void overflowed(URI alertmanager, Alert alert) {
    count(alertmanager, OVERFLOW, 1);
  }

  private void count(URI alertmanager, String outcome, int alerts) {
    String authority = alertmanager.getAuthority();
    counters
        .computeIfAbsent(
            authority + " " + outcome,
            any ->
                of(authority)
                    .addGroup("outcome", outcome)
                    .counter("tocsin_alert_sends_total", new ThreadSafeSimpleCounter()))
        .inc(alerts);
  }

  private DurationHistogram duration(String sink) {
    return durations.computeIfAbsent(
        sink,
        authority ->
            new DurationHistogram(of(authority), "tocsin_alert_send_duration_seconds", SECONDS));
  }

  private MetricGroup of(String authority) {
    return group.addGroup("sink", authority);
  }
}
