// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.KubeObject;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.SeenEdge;

/** Calls between services and links between objects, as rows. */
final class TopologyMapping {
  private TopologyMapping() {}

  static Row row(CallEdge edge) {
    return Row.of("CallEdge")
        .put("caller", TelemetryMapping.row(edge.caller()))
        .put("callee", TelemetryMapping.row(edge.callee()));
  }

  static CallEdge edge(Row row) {
    return new CallEdge(
        TelemetryMapping.entity(row.row("caller")), TelemetryMapping.entity(row.row("callee")));
  }

  static Row row(SeenEdge seen) {
    return Row.of("SeenEdge").put("edge", row(seen.edge())).put("time", seen.time());
  }

  static SeenEdge seenEdge(Row row) {
    return new SeenEdge(edge(row.row("edge")), row.number("time"));
  }

  static Row row(ObjectLink link) {
    KubeObject object = link.object();
    return Row.of("ObjectLink")
        .put("cluster", object.cluster())
        .put("namespace", object.namespace())
        .put("kind", object.kind())
        .put("name", object.name())
        .put("targetKind", link.targetKind())
        .put("targetName", link.targetName())
        .put("time", link.time());
  }

  static ObjectLink link(Row row) {
    KubeObject object =
        new KubeObject(
            row.text("cluster"), row.text("namespace"), row.text("kind"), row.text("name"));
    return new ObjectLink(
        object, row.text("targetKind"), row.text("targetName"), row.number("time"));
  }
}
