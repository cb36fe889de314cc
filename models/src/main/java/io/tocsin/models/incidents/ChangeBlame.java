// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which changes speak for a suspect: those of it, or of what it depends on, that came shortly
 * before anything departed. What came after the first departure is no cause of it, however close to
 * the alert it was.
 */
final class ChangeBlame {
  private static final double SCALE = 900_000;
  private static final int HOPS = 3;

  /** What speaks less does not speak. */
  private static final double LEAST = 0.6;

  /** What a dependency's change says of who depends on it, of what its own says. */
  private static final double FROM_AFAR = 0.9;

  /** Switches change one thing that was made to be switched. */
  private static final double SWITCH = 0.7;

  private final List<Change> changes;
  private final Topology topology;
  private final long first;

  /**
   * @param first when the first departure that weighs anything began, ms since the epoch
   */
  ChangeBlame(Inquiry inquiry, long first) {
    changes = inquiry.changes();
    topology = inquiry.topology();
    this.first = first;
  }

  /** A change and how much it speaks for a suspect, up to 1. */
  record Blamed(Change change, double weight) {}

  /** The changes that speak for a candidate, the most telling first. */
  List<Blamed> of(Candidate candidate, Subjects subjects) {
    List<Blamed> blamed = new ArrayList<>();
    for (Change change : changes) {
      double weight = weight(change, candidate, subjects);
      if (weight >= LEAST) {
        blamed.add(new Blamed(change, weight));
      }
    }
    blamed.sort(
        Comparator.comparingDouble(Blamed::weight)
            .reversed()
            .thenComparing(each -> each.change().id()));
    return blamed;
  }

  private double weight(Change change, Candidate candidate, Subjects subjects) {
    long before = Math.min(first, candidate.onset());
    if (change.time() > before) {
      return 0;
    }
    double near = Math.exp(-(before - change.time()) / SCALE);
    double kind = change.kind().equals("flag") || change.kind().equals("scaling") ? SWITCH : 1;
    return near * kind * nearness(change.entity(), candidate.entity(), subjects);
  }

  private double nearness(Entity changed, Entity suspect, Subjects subjects) {
    if (subjects.of(changed).equals(subjects.of(suspect))) {
      return 1;
    }
    return topology.dependency(suspect, changed, HOPS).isEmpty() ? 0 : FROM_AFAR;
  }
}
