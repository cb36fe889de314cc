// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.EntityNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The candidates of a ranking, each subject once, in a fixed order. */
final class Candidates {
  private final Subjects subjects;
  private final Map<String, Candidate> all = new TreeMap<>();

  Candidates(Subjects subjects) {
    this.subjects = subjects;
  }

  /** The candidate that an entity belongs to; a new one when there is none. */
  Candidate of(Entity entity) {
    Entity whole = subjects.whole(entity);
    Candidate candidate =
        all.computeIfAbsent(subjects.of(whole).text(), any -> new Candidate(whole));
    candidate.alias(whole);
    return candidate;
  }

  Collection<Candidate> all() {
    return all.values();
  }

  /** Finds those that there are now. */
  Finder finder() {
    return new Finder();
  }

  /** Finds the candidates that the end of a call may be, which need not name all of its parts. */
  final class Finder {
    private final Map<String, List<Candidate>> byName = new HashMap<>();

    private Finder() {
      for (Candidate each : all.values()) {
        for (String name : EntityNames.of(each.entity())) {
          byName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(each);
        }
      }
    }

    Set<Candidate> find(Entity end) {
      Set<Candidate> found = new LinkedHashSet<>();
      Candidate known = all.get(subjects.of(end).text());
      if (known != null) {
        found.add(known);
      }
      for (String name : EntityNames.of(end)) {
        for (Candidate each : byName.getOrDefault(name, List.of())) {
          if (EntityNames.fit(each.entity(), end)) {
            found.add(each);
          }
        }
      }
      return found;
    }
  }
}
