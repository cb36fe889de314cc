// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.ArrayList;
import java.util.List;

/**
 * What a collector of traces tells of the shop as a whole: how many calls there were between each
 * two services, how many of them failed, and how long they took as the caller and as the callee saw
 * it, between whom lies the network. That {@link Topology#WORKER} takes its work from {@link
 * Topology#PRODUCER} is a call, too, as it is to such collectors.
 */
final class ServiceGraph {
  private final SeriesGroup group = new SeriesGroup("job", "tempo");
  private final List<Edge> edges = new ArrayList<>();

  /** One edge and its series. */
  private static final class Edge {
    final Service caller;
    final Service callee;
    final Service.Call call;
    final Series calls;
    final Series failed;
    final LatencyMeter atCaller;
    final LatencyMeter atCallee;

    Edge(Service caller, Service.Call call, SeriesGroup graph) {
      this.caller = caller;
      this.call = call;
      callee = Topology.service(call.callee());
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
      double[] bounds = LatencyMeter.OF_TRACES;
      atCaller = new LatencyMeter("traces_service_graph_request_client_seconds", ends, bounds);
      atCallee = new LatencyMeter("traces_service_graph_request_server_seconds", ends, bounds);
    }
  }

  ServiceGraph() {
    for (Service caller : Topology.services()) {
      for (Service.Call call : caller.calls()) {
        edges.add(new Edge(caller, call, group));
      }
    }
    Service producer = Topology.service(Topology.PRODUCER);
    edges.add(new Edge(producer, new Service.Call(Topology.WORKER, 1), group));
  }

  /** Counts the calls of a step. */
  void measure(Step step, Dice dice) {
    for (Edge edge : edges) {
      double rate = Condition.of(edge.caller, step).rate() * edge.call.ratio();
      double calls = dice.poisson(rate * step.seconds());
      double share = edge.callee.readsQueue() ? 0 : Condition.errors(edge.callee, step);
      edge.calls.value += calls;
      edge.failed.value += Math.min(calls, dice.poisson(calls * share));
      double served = Condition.latency(edge.callee, step);
      edge.atCallee.measure(calls, served, dice);
      // Who fills a queue does not wait for who reads it.
      double waited =
          edge.callee.readsQueue() ? served : Condition.callLatency(edge.caller, edge.call, step);
      edge.atCaller.measure(calls, waited, dice);
    }
  }

  SeriesGroup group() {
    return group;
  }
}
