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
  private final FirstFindings findings;
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
      IncidentTrace trace, FirstFindings findings, Consumer<byte[]> to, InstantSource clock, boolean awaited) {
    this.trace = trace;
    this.findings = findings;
    this.to = to;
    this.clock = clock;
    patience = awaited ? PATIENCE : FINDINGS;
  }

  /**
   * An incident whose trace was not told yet.
   *
   * @param place where its record lies, for whoever reads
   * @param since when it was read, ms since the epoch
   */
  private record Pending(Incident opened, Place place, long since) {}

  /** Where a record lies in its topic. */
  public record Place(int partition, long offset) {}

  /** Takes a record of an incident. */
  public synchronized void take(Incident incident, Place place) {
    switch (incident.transition()) {
      case OPENED -> {
        pending.putIfAbsent(incident.id(), new Pending(incident, place, clock.millis()));
        if (pending.size() > MOST) {
          tell(pending.values().iterator().next(), clock.millis(), List.of());
        }
      }
      case UPDATED -> {
        // What it was opened for stands in its first record.
      }
      case RESOLVED -> {
        Pending of = pending.get(incident.id());
        if (of != null) {
          tell(of, incident.closed(), List.of());
        }
      }
    }
  }

  /**
   * Takes note that somebody has taken incidents.
   *
   * @param accepted who, by the incident's id
   */
  public synchronized void accepted(Map<String, List<Acceptance>> accepted) {
    accepted.forEach(
        (id, by) -> {
          Pending of = pending.get(id);
          if (of != null && !by.isEmpty()) {
            tell(of, by.stream().mapToLong(Acceptance::time).min().getAsLong(), by);
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
      tell(of, acceptance.time(), List.of(acceptance));
    } else {
      to.accept(trace.sent(incident, acceptance));
    }
  }

  /** Tells those that nobody has taken for too long. */
  public synchronized void expire() {
    long now = clock.millis();
    for (Pending each : new ArrayList<>(pending.values())) {
      if (now - each.since >= patience.toMillis()) {
        tell(each, now, List.of());
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
        .map(Pending::place)
        .filter(place -> place.partition == read.partition && place.offset < read.offset)
        .min((one, other) -> Long.compare(one.offset, other.offset))
        .orElse(read);
  }

  /** Forgets what waits: another reads from now on. */
  public synchronized void forget() {
    pending.clear();
  }

  private void tell(Pending of, long end, List<Acceptance> accepted) {
    pending.remove(of.opened.id());
    to.accept(trace.whole(new Opening(of.opened, findings.of(of.opened)), end, accepted));
  }
}
