// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What a pod tells of the requests that it answers, or of the messages that it reads. */
final class RequestMeter implements Meter {
  private static final double NOT_FOUND = 0.012;
  private static final double WRITES = 0.3;

  private final LatencyMeter latency;
  private final Series[] good = new Series[2];
  private final Series[] notFound = new Series[2];
  private final Series[] failed = new Series[2];
  private final Series inFlight;

  RequestMeter(SeriesGroup group) {
    latency = new LatencyMeter("http_request_duration_seconds", group);
    String[] methods = {"GET", "POST"};
    for (int i = 0; i < methods.length; i++) {
      SeriesGroup method = group.with("method", methods[i]);
      good[i] = method.add("http_requests_total", "code", "200");
      notFound[i] = method.add("http_requests_total", "code", "404");
      failed[i] = method.add("http_requests_total", "code", "500");
    }
    inFlight = group.add("http_requests_in_flight");
  }

  @Override
  public void measure(Moment now) {
    double mean = now.condition().latency();
    double total = latency.measure(now, now.rate(), mean);
    double writes = Math.min(total, now.dice().poisson(total * WRITES));
    split(now, 0, total - writes);
    split(now, 1, writes);
    inFlight.value = now.dice().poisson(now.rate() * mean);
  }

  private void split(Moment now, int method, double total) {
    double errors = Math.min(total, now.dice().poisson(total * now.condition().errors()));
    double missing = Math.min(total - errors, now.dice().poisson(total * NOT_FOUND));
    failed[method].value += errors;
    notFound[method].value += missing;
    good[method].value += total - errors - missing;
  }

  @Override
  public void restart() {
    latency.restart();
    for (Series[] codes : new Series[][] {good, notFound, failed}) {
      for (Series one : codes) {
        one.value = 0;
      }
    }
  }
}
