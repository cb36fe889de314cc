// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is left of a series' labels when those are taken away that change with each running copy.
 */
public final class LastingLabels {
  private static final Set<String> PASSING = passing();

  private LastingLabels() {}

  private static Set<String> passing() {
    EntityLabels known = EntityLabels.DEFAULTS;
    Set<String> names = new HashSet<>(known.pod());
    names.addAll(known.instance());
    names.addAll(known.node());
    names.addAll(List.of("id", "uid", "container_id", "image_id", "pod_ip", "host_ip"));
    names.addAll(List.copyOf(names).stream().map(name -> "exported_" + name).toList());
    return Set.copyOf(names);
  }

  /** The labels that all copies of a workload share. */
  public static Labels of(Labels series) {
    Map<String, String> lasting = new TreeMap<>();
    for (Map.Entry<String, String> label : series) {
      if (!PASSING.contains(label.getKey())) {
        lasting.put(label.getKey(), label.getValue());
      }
    }
    return Labels.of(lasting);
  }
}
