// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What a worker's pod tells of the messages that it reads from its queue. */
final class MessageMeter implements Meter {
  private final LatencyMeter latency;
  private final Series good;
  private final Series failed;
  private final Series age;

  MessageMeter(SeriesGroup group) {
    latency = new LatencyMeter("queue_message_processing_seconds", group);
    good = group.add("queue_messages_processed_total", "result", "success");
    failed = group.add("queue_messages_processed_total", "result", "error");
    age = group.add("queue_message_age_seconds");
  }

  @Override
  public void measure(Moment now) {
    double rate = now.rate() * (1 - now.condition().own().stall());
    double total = latency.measure(now, rate, now.condition().latency());
    double errors = Math.min(total, now.dice().poisson(total * now.condition().errors()));
    failed.value += errors;
    good.value += total - errors;
    age.value = now.noisy(0.2 + 120 * now.condition().own().stall(), 0.1);
  }

  @Override
  public void restart() {
    latency.restart();
    good.value = 0;
    failed.value = 0;
  }
}
