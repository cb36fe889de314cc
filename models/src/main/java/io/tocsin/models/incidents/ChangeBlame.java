// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import io.tocsin.models.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which changes speak for a suspect: those of it, of what it depends on, or of who calls it, that
 * came shortly before anything departed. What came after the first departure is no cause of it,
 * however close to the alert it was.
 */
final class ChangeBlame {
  /** After so many ms a change speaks e times less. */
  private static final double SCALE = 1_800_000;

  /** How many calls away a dependency may be. */
  private static final int HOPS = 3;

  /** What speaks less does not speak. */
  private static final double LEAST = 0.6;

  /** What a dependency's change says, of what its own says. */
  private static final double OF_DEPENDENCY = 0.9;

  /** Callers load whom they call. */
  private static final double OF_CALLER = 0.8;

  private static final Set<String> SWITCHES = Set.of("flag", "scaling");

  /** Switches change one thing that was made to be switched: a deploy goes before. */
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
    if (blamed.stream().anyMatch(each -> !isSwitch(each.change()))) {
      blamed.removeIf(each -> isSwitch(each.change()));
    }
    blamed.sort(
        Comparator.comparingDouble(Blamed::weight)
            .reversed()
            .thenComparing(each -> each.change().id()));
    return blamed;
  }

  private double weight(Change change, Candidate candidate, Subjects subjects) {
    // A departure is dated no better than to half an interval; its tolerance is two.
    if (change.time() > Math.min(first + candidate.tolerance() / 4, candidate.onset())) {
      return 0;
    }
    double near = Math.exp(-Math.max(0, first - change.time()) / SCALE);
    return near
        * (isSwitch(change) ? SWITCH : 1)
        * nearness(change.entity(), candidate.entity(), subjects);
  }

  private static boolean isSwitch(Change change) {
    return SWITCHES.contains(change.kind());
  }

  private double nearness(Entity changed, Entity suspect, Subjects subjects) {
    if (subjects.of(changed).equals(subjects.of(suspect)) || EntityNames.fit(changed, suspect)) {
      return 1;
    }
    if (!topology.dependency(suspect, changed, HOPS).isEmpty()) {
      return OF_DEPENDENCY;
    }
    return topology.calls(changed, suspect) ? OF_CALLER : 0;
  }
}
