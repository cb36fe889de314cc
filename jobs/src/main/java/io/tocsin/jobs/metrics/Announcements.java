// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.CallRules;
import io.tocsin.models.topology.SeenEdge;

/**
 * Sees what the labels of a series say of others than itself: who calls whom, and which image a
 * container runs. Series are announced when they are first seen and once an hour, so all of it is
 * told again as long as the series lives.
 */
final class Announcements {
  private final EntityRules entities;
  private final CallRules calls;

  /** Takes what is seen. */
  interface Listener {
    void edge(SeenEdge seen);

    void fact(ObjectFact fact);
  }

  Announcements(EntityLabels labels) {
    entities = new EntityRules(labels);
    calls = new CallRules(entities);
  }

  /**
   * Looks at a series.
   *
   * @param labels as {@link LabelBytes}
   * @param arrival when they were received, ms since the epoch
   */
  void see(byte[] labels, long arrival, Listener listener) {
    String metric = LabelBytes.metric(labels);
    if (CallRules.mayTell(metric)) {
      CallEdge edge = calls.of(LabelBytes.read(labels, 0, labels.length));
      if (edge != null) {
        listener.edge(new SeenEdge(edge, arrival));
      }
    } else if (metric.equals(ObjectFact.IMAGES)) {
      Labels series = LabelBytes.read(labels, 0, labels.length);
      String image = image(series);
      if (!image.isEmpty()) {
        String detail = series.get("container") + "=" + image;
        listener.fact(
            new ObjectFact(ObjectFact.Kind.IMAGE, entities.of(series), detail, 0, 0, arrival));
      }
    }
  }

  /** What was deployed, where that is told; else what the container's runtime calls it. */
  private static String image(Labels series) {
    String deployed = series.get("image_spec");
    return deployed.isEmpty() ? series.get("image") : deployed;
  }
}
