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
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.LinkRules;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Sees what the labels of a series say of others than itself: who calls whom, who owns a pod and
 * where it runs, and which image a container has. Series are announced when they are first seen and
 * once an hour, so all of it is told again as long as the series lives.
 */
final class Announcements {
  private final EntityRules entities;
  private final Map<EdgeFate, Counter> refused = new EnumMap<>(EdgeFate.class);
  private final LinkRules links;

  /** Takes what is seen. */
  interface Listener {
    void topology(TopologyRecord seen);

    void fact(ObjectFact fact);
  }

  Announcements(EntityLabels labels, MetricGroup metrics) {
    entities = new EntityRules(labels);
    for (EdgeFate fate : List.of(EdgeFate.SELF, EdgeFate.NAMELESS)) {
      MetricGroup group = metrics.addGroup("fate", fate.name().toLowerCase(Locale.ROOT));
      refused.put(fate, group.counter("tocsin_call_edges_refused_total"));
    }
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
      Labels series = LabelBytes.read(labels, 0, labels.length);
      CallEdge edge = CallRules.ends(series, entities.of(series));
      if (edge != null) {
        edge(new SeenEdge(edge, arrival), listener);
      }
    } else if (LinkRules.mayTell(metric)) {
      ObjectLink link = links.of(LabelBytes.read(labels, 0, labels.length), arrival);
      if (link != null) {
        listener.topology(TopologyRecord.of(link));
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

  /** What says nothing of others is not told: it is counted here, and nobody hears of it. */
  private void edge(SeenEdge seen, Listener listener) {
    EdgeFate refusal = seen.edge().refusal();
    if (refusal == null) {
      listener.topology(TopologyRecord.of(seen));
    } else {
      Objects.requireNonNull(refused.get(refusal)).inc();
    }
  }

  /** What was deployed, where that is told; else what the container's runtime calls it. */
  private static String image(Labels series) {
    String deployed = series.get("image_spec");
    return deployed.isEmpty() ? series.get("image") : deployed;
  }
}
