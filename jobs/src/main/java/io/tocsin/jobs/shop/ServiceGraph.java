// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.ArrayList;
import java.util.List;

/**
 * What a collector of traces tells of the shop as a whole: how many calls there were between each
 * two services, and how many of them failed. That {@link Topology#WORKER} takes its work from
 * {@link Topology#PRODUCER} is a call, too, as it is to such collectors.
 */
final class ServiceGraph {
  private final SeriesGroup group = new SeriesGroup("job", "tempo");
  private final List<Edge> edges = new ArrayList<>();

  /** One edge: calls per request of the caller, and its series. */
  private static final class Edge {
    final Service caller;
    final Service callee;
    final double ratio;
    final Series calls;
    final Series failed;

    Edge(Service caller, Service callee, double ratio, SeriesGroup graph) {
      this.caller = caller;
      this.callee = callee;
      this.ratio = ratio;
      SeriesGroup ends =
          graph.with(
              "client",
              caller.name(),
              "client_k8s_namespace_name",
              Topology.NAMESPACE,
              "server",
              callee.name(),
              "server_k8s_namespace_name",
              Topology.NAMESPACE);
      calls = ends.add("traces_service_graph_request_total");
      failed = ends.add("traces_service_graph_request_failed_total");
    }
  }

  ServiceGraph() {
    for (Service caller : Topology.services()) {
      for (Service.Call call : caller.calls()) {
        edges.add(new Edge(caller, Topology.service(call.callee()), call.ratio(), group));
      }
    }
    Service producer = Topology.service(Topology.PRODUCER);
    edges.add(new Edge(producer, Topology.service(Topology.WORKER), 1, group));
  }

  /** Counts the calls of a step. */
  void measure(Step step, Dice dice) {
    for (Edge edge : edges) {
      double rate = Condition.of(edge.caller, step).rate() * edge.ratio;
      double calls = dice.poisson(rate * step.seconds());
      double share = edge.callee.readsQueue() ? 0 : Condition.errors(edge.callee, step);
      edge.calls.value += calls;
      edge.failed.value += Math.min(calls, dice.poisson(calls * share));
    }
  }

  SeriesGroup group() {
    return group;
  }
}
