// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.models.incidents.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that one Alertmanager must know of, the latest state of each, and when each is due.
 *
 * <p>An alert is a lease: one that fires and is not offered again for several resend intervals is
 * let go, so that nothing outlives whoever vouches for it. One that is over is kept for its
 * retention. Not safe for several threads.
 */
final class AlertBoard {
  private final DispatchSettings settings;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  AlertBoard(DispatchSettings settings) {
    this.settings = settings;
  }

  /** Takes the latest state of an alert; returns the one given up for it, or null. */
  @Nullable Alert offer(Alert alert, long now) {
    Entry known = entries.get(alert.id());
    if (known != null) {
      known.renew(alert, now);
      return null;
    }
    Alert dropped = null;
    if (entries.size() >= settings.capacity()) {
      Entry eldest = entries.values().iterator().next();
      entries.remove(eldest.alert.id());
      dropped = eldest.alert;
    }
    entries.put(alert.id(), new Entry(alert, now));
    return dropped;
  }

  /** What to send now: up to a batch, or a single alert that must be sent alone. */
  List<Alert> due(long now) {
    entries.values().removeIf(entry -> isForgotten(entry, now));
    List<Alert> due = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.due > now || (entry.alone && !due.isEmpty())) {
        continue;
      }
      due.add(entry.alert);
      if (entry.alone || due.size() == settings.batch()) {
        break;
      }
    }
    return due;
  }

  private boolean isForgotten(Entry entry, long now) {
    return entry.alert.firing()
        ? entry.renewed < now - settings.leaseMillis()
        : entry.resolved < now - settings.resolvedRetention().toMillis();
  }

  /** Alertmanager has these; one that has changed meanwhile stays due. */
  void delivered(List<Alert> alerts, long now) {
    for (Entry entry : stillAs(alerts)) {
      entry.alone = false;
      entry.due = now + settings.resendInterval().toMillis();
    }
  }

  /** One of these is refused: each is sent alone to find out which. */
  void isolate(List<Alert> alerts) {
    stillAs(alerts).forEach(entry -> entry.alone = true);
  }

  /** This one is refused: it rests until it changes, or until it may have been forgiven. */
  void reject(Alert alert, long now) {
    for (Entry entry : stillAs(List.of(alert))) {
      entry.due = now + settings.resolvedRetention().toMillis();
    }
  }

  private List<Entry> stillAs(List<Alert> alerts) {
    List<Entry> same = new ArrayList<>();
    for (Alert alert : alerts) {
      Entry entry = entries.get(alert.id());
      if (entry != null && entry.alert.equals(alert)) {
        same.add(entry);
      }
    }
    return same;
  }

  int size() {
    return entries.size();
  }

  /** How many wait to be sent. */
  int waiting(long now) {
    return (int) entries.values().stream().filter(entry -> entry.due <= now).count();
  }

  private static final class Entry {
    private Alert alert;
    private long due;
    private long renewed;
    private long resolved;
    private boolean alone;

    Entry(Alert alert, long now) {
      this.alert = alert;
      due = now;
      renewed = now;
      resolved = now;
    }

    void renew(Alert next, long now) {
      renewed = now;
      if (!next.equals(alert)) {
        resolved = alert.firing() ? now : resolved;
        alert = next;
        due = now;
      }
    }
  }
}
