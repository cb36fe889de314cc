// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which entities may have part in one problem: those of its namespace; where one side has no
 * namespace, those that share a service, workload or node; where neither has, the whole cluster.
 */
final class Kinship {
  private final String namespace;
  private final Set<String> parts = new HashSet<>();

  /**
   * Kinship with a problem.
   *
   * @param origin where it was seen first
   * @param involved who else suffers from it
   */
  Kinship(Entity origin, Collection<Entity> involved) {
    namespace = origin.namespace();
    add(origin);
    involved.forEach(this::add);
  }

  private void add(Entity entity) {
    addPart("service", entity.service());
    addPart("workload", entity.workload());
    addPart("node", entity.node());
  }

  private void addPart(String kind, String name) {
    if (!name.isEmpty()) {
      parts.add(kind + "\n" + name);
    }
  }

  boolean with(Entity other) {
    if (other.namespace().equals(namespace)) {
      return true;
    }
    return (namespace.isEmpty() || other.namespace().isEmpty())
        && (parts.contains("service\n" + other.service())
            || parts.contains("workload\n" + other.workload())
            || parts.contains("node\n" + other.node()));
  }
}
