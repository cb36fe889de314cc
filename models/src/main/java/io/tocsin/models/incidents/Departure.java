// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.Entity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one series has left what it was before an incident: what the ranking of suspects is made
 * from, wherever it comes from.
 *
 * @param entity what the series is about; of calls, the caller
 * @param peer of calls, who is called; else null
 * @param metric the metric's family, so that what differs only in derivation is one metric
 * @param evidence what is shown of it
 * @param severity how far, in robust spreads of the time before; never negative
 * @param interval the usual time between two samples, ms
 * @param symptom whether callers feel it too
 */
public record Departure(
    Entity entity,
    @Nullable Entity peer,
    String metric,
    Evidence evidence,
    double severity,
    long interval,
    boolean symptom) {
  private static final Set<String> TIMES = Set.of("seconds", "milliseconds");

  /** Whom it is about; of calls both ends, as far as they are known. */
  List<Entity> ends() {
    return peer == null || peer.equals(Entity.NONE) ? List.of(entity) : List.of(entity, peer);
  }

  /** What is felt of it; unknown when callers feel nothing. */
  public Inquiry.Felt felt() {
    if (!symptom) {
      return Inquiry.Felt.UNKNOWN;
    }
    return TIMES.contains(evidence.unit()) ? Inquiry.Felt.DELAY : Inquiry.Felt.FAILURE;
  }

  /** When it began, ms since the epoch. */
  public long onset() {
    return evidence.onset();
  }

  /** To which side. */
  public Direction direction() {
    return evidence.direction();
  }
}
