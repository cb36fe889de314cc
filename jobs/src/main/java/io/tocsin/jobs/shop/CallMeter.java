// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.jobs.shop.Service.Call;

/** What a pod tells of its calls to one other service. */
final class CallMeter implements Meter {
  /** How long it takes until a call is counted, in ms. */
  private static final long DELAY = 1_000;

  private final Call call;
  private final Service callee;
  private final Series good;
  private final Series failed;
  private final Series sum;
  private final Series count;

  CallMeter(Call call, SeriesGroup pod) {
    this.call = call;
    callee = Topology.service(call.callee());
    SeriesGroup group = pod.with("target", call.callee());
    good = group.add("http_client_requests_total", "code", "200");
    failed = group.add("http_client_requests_total", "code", "500");
    sum = group.add("http_client_request_duration_seconds_sum");
    count = group.add("http_client_request_duration_seconds_count");
  }

  @Override
  public void measure(Moment now) {
    double calls = now.count(now.rate() * call.ratio());
    Step earlier = now.step().ago(DELAY);
    double share = Condition.errors(callee, earlier);
    double errors = Math.min(calls, now.dice().poisson(calls * share));
    double latency = Condition.callLatency(now.service(), call, earlier);
    good.value += calls - errors;
    failed.value += errors;
    count.value += calls;
    sum.value += now.noisy(calls * latency, 0.6 / Math.sqrt(1 + calls));
  }

  @Override
  public void restart() {
    good.value = 0;
    failed.value = 0;
    count.value = 0;
    sum.value = 0;
  }
}
