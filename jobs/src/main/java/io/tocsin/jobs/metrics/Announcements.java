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
import io.tocsin.models.topology.LinkRules;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;

/**
 * Sees what the labels of a series say of others than itself: who calls whom, who owns a pod and
 * where it runs, and which image a container has. Series are announced when they are first seen and
 * once an hour, so all of it is told again as long as the series lives.
 */
final class Announcements {
  private final EntityRules entities;
  private final CallRules calls;
  private final LinkRules links;

  /** Takes what is seen. */
  interface Listener {
    void topology(TopologyRecord seen);

    void fact(ObjectFact fact);
  }

  Announcements(EntityLabels labels) {
    entities = new EntityRules(labels);
    calls = new CallRules(entities);
    links = new LinkRules(entities);
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
        listener.topology(TopologyRecord.of(new SeenEdge(edge, arrival)));
      }
    } else if (LinkRules.mayTell(metric)) {
      ObjectLink link = links.of(LabelBytes.read(labels, 0, labels.length), arrival);
      if (link != null) {
        listener.topology(TopologyRecord.of(link));
      }
    } else if (metric.equals(ObjectFact.IMAGES)) {
      Labels series = LabelBytes.read(labels, 0, labels.length);
      String image = series.get("image");
      if (!image.isEmpty()) {
        String detail = series.get("container") + "=" + image;
        listener.fact(
            new ObjectFact(ObjectFact.Kind.IMAGE, entities.of(series), detail, 0, 0, arrival));
      }
    }
  }
}
