// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.connectors.alertmanager.DispatchListener;
import io.tocsin.connectors.alertmanager.Outcome;
import io.tocsin.models.incidents.Alert;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Counts what becomes of alerts, for each Alertmanager. */
final class DispatchCounters implements DispatchListener {
  private static final String REFUSED = "tocsin_alerts_dropped_refused_total";
  private static final String OVERFLOW = "tocsin_alerts_dropped_overflow_total";

  private final MetricGroup group;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> durations = new ConcurrentHashMap<>();

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
  }

  private static String name(Outcome outcome) {
    return "tocsin_alerts_" + outcome.name().toLowerCase(Locale.ROOT) + "_total";
  }

  @Override
  public void sent(URI alertmanager, Outcome outcome, int alerts, Duration took) {
    count(alertmanager, name(outcome), alerts);
    durations.computeIfAbsent(alertmanager.getAuthority(), this::duration).set(took.toMillis());
  }

  @Override
  public void rejected(URI alertmanager, Alert alert, String answer) {
    count(alertmanager, REFUSED, 1);
  }

  @Override
  public void overflowed(URI alertmanager, Alert alert) {
    count(alertmanager, OVERFLOW, 1);
  }

  private void count(URI alertmanager, String name, int alerts) {
    String authority = alertmanager.getAuthority();
    counters
        .computeIfAbsent(
            authority + " " + name,
            any -> of(authority).counter(name, new ThreadSafeSimpleCounter()))
        .inc(alerts);
  }

  private AtomicLong duration(String authority) {
    AtomicLong millis = new AtomicLong();
    of(authority).gauge("tocsin_alertmanager_request_millis", millis::get);
    return millis;
  }

  private MetricGroup of(String authority) {
    return group.addGroup("alertmanager", authority);
  }
}
