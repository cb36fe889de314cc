// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/**
 * The metrics of a service with a steady load, which a switch makes answer with errors, slowly and
 * at the cost of more CPU. Its counters grow with the real time between two scrapes.
 */
final class FaultyExporter implements AutoCloseable {
  private static final double REQUESTS_PER_SECOND = 50;
  private static final double FAULTY_PART = 0.4;
  private static final String[] BOUNDS = {
    "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"
  };

  /** Which part of the requests is answered within each bound. */
  private static final double[] HEALTHY = {0.2, 0.7, 0.9, 0.98, 0.995, 1, 1, 1, 1};

  private static final double[] SLOW = {0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.85, 0.95, 1};

  private final HttpServer server;
  private final Random random = new Random(17);
  private final double[] buckets = new double[BOUNDS.length];
  private double good;
  private double failed;
  private double latencySeconds;
  private double cpuSeconds;
  private long last = System.nanoTime();
  private boolean faulty;
  private Instant firstFaultyScrape = Instant.MAX;

  FaultyExporter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::answer);
    server.start();
  }

  /** Where Prometheus finds it: host and port. */
  String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Switches the fault on or off. */
  synchronized void fault(boolean on) {
    serve();
    faulty = on;
    firstFaultyScrape = Instant.MAX;
  }

  /** When the first scrape since the fault was switched on was answered; MAX before that. */
  synchronized Instant firstFaultyScrape() {
    return firstFaultyScrape;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = scrape().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized String scrape() {
    serve();
    if (faulty && firstFaultyScrape.equals(Instant.MAX)) {
      firstFaultyScrape = Instant.now();
    }
    StringBuilder text = new StringBuilder(2048);
    text.append("# TYPE http_requests_total counter\n");
    line(text, "http_requests_total{code=\"200\"}", Math.floor(good));
    line(text, "http_requests_total{code=\"500\"}", Math.floor(failed));
    text.append("# TYPE http_request_duration_seconds histogram\n");
    for (int i = 0; i < BOUNDS.length; i++) {
      String series = "http_request_duration_seconds_bucket{le=\"" + BOUNDS[i] + "\"}";
      line(text, series, Math.floor(buckets[i]));
    }
    line(text, "http_request_duration_seconds_count", Math.floor(buckets[BOUNDS.length - 1]));
    line(text, "http_request_duration_seconds_sum", latencySeconds);
    text.append("# TYPE process_cpu_seconds_total counter\n");
    line(text, "process_cpu_seconds_total", cpuSeconds);
    return text.toString();
  }

  /** What the service has done since the last time. */
  private void serve() {
    long now = System.nanoTime();
    double seconds = (now - last) / 1e9;
    last = now;
    double requests = seconds * REQUESTS_PER_SECOND * (1 + 0.03 * random.nextGaussian());
    double errors = faulty ? FAULTY_PART * requests : 0;
    good += requests - errors;
    failed += errors;
    double[] within = faulty ? SLOW : HEALTHY;
    for (int i = 0; i < within.length; i++) {
      buckets[i] += requests * within[i];
    }
    latencySeconds += requests * (faulty ? 0.6 : 0.02);
    cpuSeconds += seconds * (faulty ? 0.9 : 0.3) * (1 + 0.03 * random.nextGaussian());
  }

  private static void line(StringBuilder text, String series, double value) {
    text.append(series).append(String.format(Locale.ROOT, " %.6f\n", value));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
