// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.util.List;

/**
 * Who takes part in an incident, and why it is believed to.
 *
 * @param entity who, without the running copy
 * @param reason why its findings belong to the incident
 * @param path the calls that the reason rests on, caller before callee; empty for another reason
 * @param onset its earliest deviation, ms since the epoch
 * @param findings how many of its findings are kept
 */
public record Member(Entity entity, Reason reason, List<CallEdge> path, long onset, int findings) {

  /** Why something belongs to an incident, the closest first. */
  public enum Reason {
    /** What opened it. */
    ORIGIN,
    /** It is one of those with whom the problem lies. */
    ROOT,
    /** It depends on one with whom the problem lies. */
    CALLER,
    /** One with whom the problem lies depends on it. */
    CALLEE,
    /** It has less to do, because one who calls it suffers. */
    STARVED,
    /** It and one with whom the problem lies depend on the same, which deviates too. */
    SHARED,
    /** It is the machine of one that suffers, or runs on a machine that does. */
    NODE,
    /** It is in the same namespace, and nothing is known of calls between them. */
    NAMESPACE,
    /** It began at the same time. */
    TIME
  }

  public Member {
    path = List.copyOf(path);
  }
}
