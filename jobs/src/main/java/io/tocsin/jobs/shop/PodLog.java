// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.List;
import java.util.Locale;

/** What a pod writes into its log: a sample of its requests, its business, and its troubles. */
final class PodLog {
  /** Requests of which one is written down. */
  private static final double SAMPLED = 0.006;

  /** Lines about errors of this kind in a second, at full force. */
  private static final double LOST_PER_SECOND = 0.8;

  private static final double MOST_PER_SECOND = 0.7;

  private static final List<String> PATHS =
      List.of("/products/%d", "/cart/%d", "/orders/%d", "/search?page=%d", "/users/%d/addresses");

  private static final List<String> TASKS =
      List.of("session cleanup", "price refresh", "cache eviction", "stock count");

  private final Moment now;
  private final Dice dice;
  private final Lines lines;

  /** Takes lines. */
  interface Lines {
    /**
     * A line.
     *
     * @param at its part of the step, from 0 to 1
     * @param error whether it goes to standard error
     */
    void line(double at, boolean error, String text);
  }

  PodLog(Moment now, Dice dice, Lines lines) {
    this.now = now;
    this.dice = dice;
    this.lines = lines;
  }

  /** Writes what the step gave occasion to. */
  void write() {
    double requests = Math.min(MOST_PER_SECOND, now.rate() * SAMPLED) * now.seconds();
    many(requests, this::access);
    many(requests / 3, this::business);
    many(now.seconds() / 40, this::housekeeping);
    many(now.seconds() / 90, this::slow);
    double failures = Math.min(MOST_PER_SECOND, now.rate() * now.condition().own().errors());
    many(failures * now.seconds() / 4, this::failure);
    many(LOST_PER_SECOND * now.condition().own().lost() * now.seconds(), this::lostAudit);
    if (now.age() < now.seconds()) {
      line("INFO", "Started %s in %d ms", title(), number(2_000, 9_000));
    }
  }

  private void many(double expected, Runnable line) {
    double count = dice.poisson(expected);
    for (int i = 0; i < count; i++) {
      line.run();
    }
  }

  private void access() {
    String path = String.format(Locale.ROOT, pick(PATHS), number(1, 90_000));
    double millis = 1000 * now.condition().latency() * (0.5 + dice.uniform());
    int status = dice.uniform() < now.condition().errors() ? 500 : 200;
    String method = dice.uniform() < 0.3 ? "POST" : "GET";
    line("INFO", "%s %s %d %d B %.1f ms", method, path, status, number(300, 20_000), millis);
  }

  private void business() {
    switch (now.service().name()) {
      case "payments" ->
          line("INFO", "Charged %d.%02d EUR for order %d", number(3, 400), number(0, 99), order());
      case "checkout" -> line("INFO", "Order %d placed by customer %d", order(), number(1, 50_000));
      case "email" -> line("INFO", "Sent confirmation of order %d", order());
      case "shipping" ->
          line("INFO", "Quoted parcel of %d g to zone %d", number(80, 9_000), number(1, 6));
      case "orders-worker" -> line("INFO", "Processed order %d in %d ms", order(), number(20, 90));
      default -> line("DEBUG", "Cache hit for key %s:%d", now.service().name(), number(1, 9_000));
    }
  }

  private void housekeeping() {
    line("INFO", "Finished %s, %d entries in %d ms", pick(TASKS), number(10, 900), number(3, 80));
  }

  private void slow() {
    line("WARN", "Slow call took %d ms, limit is 250 ms", number(251, 900));
  }

  private void failure() {
    String thrown =
        "ERROR Request %08x failed: java.lang.IllegalStateException: price of item %d is missing"
            .formatted(number(1, Integer.MAX_VALUE - 1), number(1, 9_000));
    lines.line(
        dice.uniform(),
        true,
        thrown
            + "\n\tat com.shop.pricing.Prices.of(Prices.java:88)"
            + "\n\tat com.shop.%s.Handler.handle(Handler.java:41)"
                .formatted(now.service().name().replace("-", "")));
  }

  private void lostAudit() {
    line(
        "ERROR",
        "Cannot write audit entry of order %d: connection to audit-db:5432 was reset",
        order());
  }

  private void line(String level, String format, Object... values) {
    boolean error = level.equals("ERROR");
    lines.line(dice.uniform(), error, level + " " + String.format(Locale.ROOT, format, values));
  }

  private String title() {
    return now.service().name();
  }

  private int order() {
    return number(100_000, 999_999);
  }

  private int number(int from, int to) {
    return from + (int) (dice.uniform() * (to - from + 1.0));
  }

  private String pick(List<String> from) {
    return from.get((int) (dice.uniform() * from.size()));
  }
}
