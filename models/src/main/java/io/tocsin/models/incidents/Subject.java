// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;

/**
 * What can be blamed: a service or workload, a node, or a lone instance. A service and a workload
 * of the same name in the same namespace are the same subject.
 */
public record Subject(String cluster, String namespace, Kind kind, String name) {
  public enum Kind {
    SERVICE,
    NODE,
    INSTANCE,
    CLUSTER
  }

  public static Subject of(Entity entity) {
    return new Subject(entity.cluster(), entity.namespace(), kind(entity), entity.subject());
  }

  private static Kind kind(Entity entity) {
    return switch (entity.kind()) {
      case SERVICE, WORKLOAD -> Kind.SERVICE;
      case NODE -> Kind.NODE;
      case INSTANCE -> Kind.INSTANCE;
      case CLUSTER -> Kind.CLUSTER;
    };
  }

  /** A text that no other subject has; part of incident ids, so fixed for ever. */
  String text() {
    return kind + "\n" + cluster + "\n" + namespace + "\n" + name;
  }
}
