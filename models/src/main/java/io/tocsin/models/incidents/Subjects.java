// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells which subject an entity belongs to. A workload whose series elsewhere name a service as
 * well is that service, as long as they name only one.
 */
public final class Subjects {
  private final Map<String, String> services = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  /** Takes note of an entity that may name both a workload and its service. */
  void learn(Entity entity) {
    if (!entity.workload().isEmpty() && !entity.service().isEmpty()) {
      String known = services.putIfAbsent(workload(entity), entity.service());
      if (known != null && !known.equals(entity.service())) {
        ambiguous.add(workload(entity));
      }
    }
  }

  Subject of(Entity entity) {
    Subject subject = Subject.of(entity);
    if (entity.kind() != Entity.Kind.WORKLOAD || ambiguous.contains(workload(entity))) {
      return subject;
    }
    String service = services.getOrDefault(workload(entity), subject.name());
    return new Subject(subject.cluster(), subject.namespace(), Subject.Kind.SERVICE, service);
  }

  private static String workload(Entity entity) {
    return entity.namespace() + "\n" + entity.workload();
  }
}
