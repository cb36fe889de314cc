package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Service.Call;
import java.util.List;

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

  /** Part of a callee's failures that is not saved by a retry or a default. */
  private static final double PASSED_ON = 0.9;

  static Condition of(Service service, List<Fault> faults, double demand, long time) {
    Impact own = Impact.on(service, faults, time);
    return new Condition(
        demand * Topology.share(service.name()),
        errors(service, faults, time),
        latency(service, faults, demand, time),
        own);
  }

  /** Failures of its own and of those it needs, a little later. */
  static double errors(Service service, List<Fault> faults, long time) {
    double good = 1 - Math.min(0.98, USUAL_ERRORS + Impact.on(service, faults, time).errors());
    for (Call call : service.calls()) {
      double failed = errors(Topology.service(call.callee()), faults, time - DELAY);
      good *= 1 - Math.min(1, call.ratio()) * PASSED_ON * Math.max(0, failed - USUAL_ERRORS);
    }
    return 1 - good;
  }

  /** Its own time, longer under load, and that of its calls, a little earlier. */
  static double latency(Service service, List<Fault> faults, double demand, long time) {
    double busy = 0.85 + 0.3 * Math.min(2, demand / 420);
    double latency = service.latency() * busy * Impact.on(service, faults, time).slowness();
    for (Call call : service.calls()) {
      latency += call.ratio() * callLatency(service, call, faults, demand, time - DELAY);
    }
    return latency;
  }

  /** How long a call takes as its caller sees it. */
  static double callLatency(
      Service caller, Call call, List<Fault> faults, double demand, long time) {
    return 0.0008
        + latency(Topology.service(call.callee()), faults, demand, time)
        + Impact.networkDelay(caller, call.callee(), faults, time);
  }
}
