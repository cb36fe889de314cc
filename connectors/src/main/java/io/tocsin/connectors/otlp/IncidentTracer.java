// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.tocsin.connectors.otlp.IncidentTrace.Acceptance;
import io.tocsin.connectors.otlp.IncidentTrace.Opening;
import io.tocsin.models.incidents.Incident;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells the trace of each incident once: when somebody has taken it, when it is over before anybody
 * did, or when nobody does for long. Safe for several threads.
 */
public final class IncidentTracer {
  /** For so long somebody may take it. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  /** For so long its findings, which are read beside the incidents, may come. */
  static final Duration FINDINGS = Duration.ofSeconds(2);

  private static final int MOST = 1_000;

  private final IncidentTrace trace;
  private final FirstFindings findings = new FirstFindings();
  private final Consumer<byte[]> to;
  private final InstantSource clock;
  private final Duration patience;
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  /**
   * A tracer.
   *
   * @param to takes requests
   * @param awaited whether anybody is expected to take incidents
   */
  public IncidentTracer(
      IncidentTrace trace, Consumer<byte[]> to, InstantSource clock, boolean awaited) {
    this.trace = trace;
    this.to = to;
    this.clock = clock;
    patience = awaited ? PATIENCE : FINDINGS;
  }

  /** Takes the findings that incidents are opened for. */
  public FirstFindings findings() {
    return findings;
  }

  /** An incident whose trace was not told yet. */
  private static final class Pending {
    final Incident opened;

    /** Where its record lies, for whoever reads. */
    final Place place;

    /** When it was read, ms since the epoch. */
    final long since;

    /** Who took it, by his name. */
    final Map<String, Acceptance> accepted = new LinkedHashMap<>();

    Pending(Incident opened, Place place, long since) {
      this.opened = opened;
      this.place = place;
      this.since = since;
    }
  }

  /** Where a record lies in its topic. */
  public record Place(int partition, long offset) {}

  /** Takes a record of an incident. */
  public synchronized void take(Incident incident, Place place) {
    switch (incident.transition()) {
      case OPENED -> {
        pending.putIfAbsent(incident.id(), new Pending(incident, place, clock.millis()));
        if (pending.size() > MOST) {
          tell(pending.values().iterator().next(), clock.millis());
        }
      }
      case UPDATED -> {
        // What it was opened for stands in its first record.
      }
      case RESOLVED -> {
        Pending of = pending.get(incident.id());
        if (of != null) {
          tell(of, incident.closed());
        }
      }
    }
  }

  /**
   * Takes note that somebody has taken incidents, which may be said again and again.
   *
   * @param accepted who, by the incident's id
   */
  public synchronized void accepted(Map<String, List<Acceptance>> accepted) {
    accepted.forEach(
        (id, by) -> {
          Pending of = pending.get(id);
          if (of != null) {
            by.forEach(each -> of.accepted.putIfAbsent(each.sink(), each));
          }
        });
  }

  /**
   * Takes note that a channel was told of an incident for the first time. Its trace may have been
   * told by then, or may be told by another gateway: then this is added to it.
   */
  public synchronized void accepted(Incident incident, Acceptance acceptance) {
    Pending of = pending.get(incident.id());
    if (of != null) {
      of.accepted.putIfAbsent(acceptance.sink(), acceptance);
    } else {
      to.accept(trace.sent(incident, acceptance));
    }
  }

  /** Tells what is to be told by now; to be called every now and then. */
  public synchronized void tellDue() {
    long now = clock.millis();
    for (Pending each : new ArrayList<>(pending.values())) {
      long waited = now - each.since;
      boolean known = waited >= FINDINGS.toMillis() || findings.of(each.opened) != null;
      if (waited >= patience.toMillis() || (known && !each.accepted.isEmpty())) {
        tell(each, now);
      }
    }
  }

  /** Whether somebody may be asked if he has taken incidents. */
  public synchronized boolean waits() {
    return !pending.isEmpty();
  }

  /** Up to where all has been told of what was read up to a place. */
  public synchronized Place toldUpTo(Place read) {
    return pending.values().stream()
        .map(each -> each.place)
        .filter(place -> place.partition == read.partition && place.offset < read.offset)
        .min((one, other) -> Long.compare(one.offset, other.offset))
        .orElse(read);
  }

  /** Forgets what waits: another reads from now on. */
  public synchronized void forget() {
    pending.clear();
  }

  /** Tells a trace; an incident that somebody took lasts until he did in it. */
  private void tell(Pending of, long end) {
    pending.remove(of.opened.id());
    List<Acceptance> accepted = List.copyOf(of.accepted.values());
    long taken = accepted.stream().mapToLong(Acceptance::time).min().orElse(end);
    to.accept(trace.whole(new Opening(of.opened, findings.of(of.opened)), taken, accepted));
  }
}
