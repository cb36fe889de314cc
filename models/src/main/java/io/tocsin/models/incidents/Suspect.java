// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.util.List;

/**
 * A candidate for the cause.
 *
 * @param entity what is suspected
 * @param score its severity over all its evidence, unit-free, comparable within one incident only
 * @param confidence its share of the probability, in [0, 1]; the shares of all suspects add up to
 *     at most 1
 * @param onset its earliest deviation, ms since the epoch
 * @param evidence the strongest first
 * @param path the calls by which where it is felt and the suspect hang together, caller before
 *     callee; empty when none is known
 * @param verdicts what people have said of it before, which its confidence takes into account
 */
public record Suspect(
    Entity entity,
    double score,
    double confidence,
    long onset,
    List<Evidence> evidence,
    List<CallEdge> path,
    Verdicts verdicts) {
  public Suspect {
    evidence = List.copyOf(evidence);
    path = List.copyOf(path);
  }

  /** A candidate to whom no way is known, and of whom nothing was said. */
  public Suspect(
      Entity entity, double score, double confidence, long onset, List<Evidence> evidence) {
    this(entity, score, confidence, onset, evidence, List.of(), Verdicts.NONE);
  }

  /** The same as people's verdicts have it. */
  Suspect weighed(double share, Verdicts said) {
    return new Suspect(entity, score, share, onset, evidence, path, said);
  }

  Suspect withPath(List<CallEdge> way) {
    return new Suspect(entity, score, confidence, onset, evidence, way, verdicts);
  }
}
