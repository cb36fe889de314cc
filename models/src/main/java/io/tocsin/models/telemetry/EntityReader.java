// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the parts of an entity from a label set in one pass: each label is looked up once, and per
 * part the most preferred one is kept.
 */
final class EntityReader {
  private static final String EXPORTED = "exported_";

  /** What Istio and others write where they do not know. */
  private static final String UNKNOWN = "unknown";

  /** The parts that a label can name. */
  enum Part {
    CLUSTER,
    NAMESPACE,
    WORKLOAD,
    SERVICE,
    NODE,
    POD,
    INSTANCE
  }

  /** What a label can name, and how much it is preferred: less is more. */
  private record Use(Part part, int rank) {}

  /** A part that was found. */
  private record Hit(String label, String value, int rank, boolean moved) {
    boolean isBetterThan(Hit other) {
      return moved == other.moved ? rank < other.rank : moved;
    }
  }

  private final Map<String, List<Use>> uses = new HashMap<>();
  private final boolean foreign;

  /** What was found in one label set. */
  static final class Found {
    private static final Hit NOTHING = new Hit("", "", Integer.MAX_VALUE, false);

    private final Map<Part, Hit> hits = new EnumMap<>(Part.class);

    private Found() {}

    /** The value of a part, or the empty string. */
    String get(Part part) {
      return hits.getOrDefault(part, NOTHING).value();
    }

    /** The label under which the part was found, or the empty string. */
    String labelOf(Part part) {
      return hits.getOrDefault(part, NOTHING).label();
    }

    private void offer(Part part, Hit hit) {
      if (hit.isBetterThan(hits.getOrDefault(part, NOTHING))) {
        hits.put(part, hit);
      }
    }

    private void dropUnlessMoved(Part part) {
      if (!hits.getOrDefault(part, NOTHING).moved()) {
        hits.remove(part);
      }
    }
  }

  /**
   * @param foreign whether labels may be the exporter's own
   */
  EntityReader(EntityLabels labels, boolean foreign) {
    this.foreign = foreign;
    add(Part.CLUSTER, labels.cluster());
    add(Part.NAMESPACE, labels.namespace());
    add(Part.WORKLOAD, labels.workload());
    add(Part.SERVICE, labels.service());
    add(Part.NODE, labels.node());
    add(Part.POD, labels.pod());
    add(Part.INSTANCE, labels.instance());
  }

  private void add(Part part, List<String> labels) {
    int rank = 0;
    for (String label : labels) {
      uses.computeIfAbsent(label, any -> new ArrayList<>()).add(new Use(part, rank++));
    }
  }

  /** The parts that the labels name. */
  Found read(Labels series) {
    Found found = new Found();
    boolean exported = false;
    for (Map.Entry<String, String> label : series) {
      boolean moved = foreign && label.getKey().startsWith(EXPORTED);
      String name = moved ? label.getKey().substring(EXPORTED.length()) : label.getKey();
      List<Use> known = uses.get(name);
      if (known != null && !label.getValue().equals(UNKNOWN)) {
        exported |= moved;
        for (Use use : known) {
          found.offer(use.part(), new Hit(name, label.getValue(), use.rank(), moved));
        }
      }
    }
    if (exported) {
      found.dropUnlessMoved(Part.NAMESPACE);
      found.dropUnlessMoved(Part.POD);
      found.dropUnlessMoved(Part.SERVICE);
    }
    return found;
  }
}
