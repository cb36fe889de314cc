// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Service.Call;

/**
 * How a service fares at one time.
 *
 * @param rate requests, or messages, per second that it answers
 * @param errors part of them that fail
 * @param latency mean time for one, with its calls, in seconds
 * @param own what its own faults do to it
 */
record Condition(double rate, double errors, double latency, Impact own) {
  private static final double USUAL_ERRORS = 0.0015;

  /** How long it takes until a caller feels what its callee suffers, in ms. */
  private static final long DELAY = 3_000;

  /** A round trip between two pods in good times, in seconds. */
  private static final double NETWORK = 0.0008;

  /** Part of a callee's failures that is not saved by a retry or a default. */
  private static final double PASSED_ON = 0.9;

  static Condition of(Service service, Step step) {
    return new Condition(
        step.demand() * Topology.share(service.name()),
        errors(service, step),
        latency(service, step),
        Impact.on(service, step));
  }

  /** Failures of its own and of those it needs, a little later. */
  static double errors(Service service, Step step) {
    double good = 1 - Math.min(0.98, USUAL_ERRORS + Impact.on(service, step).errors());
    for (Call call : service.calls()) {
      double failed = errors(Topology.service(call.callee()), step.ago(DELAY));
      good *= 1 - Math.min(1, call.ratio()) * PASSED_ON * Math.max(0, failed - USUAL_ERRORS);
    }
    return 1 - good;
  }

  /** Its own time, longer under load, and that of its calls, a little earlier. */
  static double latency(Service service, Step step) {
    double busy = 0.85 + 0.3 * Math.min(2, step.demand() / Demand.MEAN);
    double latency = service.latency() * busy * Impact.on(service, step).slowness();
    for (Call call : service.calls()) {
      latency += call.ratio() * callLatency(service, call, step.ago(DELAY));
    }
    return latency;
  }

  /** How long a call takes as its caller sees it. */
  static double callLatency(Service caller, Call call, Step step) {
    return NETWORK
        + latency(Topology.service(call.callee()), step)
        + Impact.networkDelay(caller, call.callee(), step);
  }
}
