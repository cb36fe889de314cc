// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

import io.tocsin.models.telemetry.Entity;
import java.util.Collections;
import java.util.List;

/**
 * By what names an entity can be the end of an edge. A service and a workload of the same name are
 * the same; a namespace or cluster that is not named may be any.
 */
public final class EntityNames {
  private EntityNames() {}

  /** Its service and its workload; none for machines and lone instances. */
  public static List<String> of(Entity entity) {
    String service = entity.service();
    String workload = entity.workload();
    if (service.isEmpty()) {
      return workload.isEmpty() ? List.of() : List.of(workload);
    }
    return workload.isEmpty() || workload.equals(service)
        ? List.of(service)
        : List.of(service, workload);
  }

  /** Whether both may be the same. */
  public static boolean fit(Entity a, Entity b) {
    return fit(a.namespace(), b.namespace())
        && fit(a.cluster(), b.cluster())
        && !Collections.disjoint(of(a), of(b));
  }

  private static boolean fit(String a, String b) {
    return a.isEmpty() || b.isEmpty() || a.equals(b);
  }
}
