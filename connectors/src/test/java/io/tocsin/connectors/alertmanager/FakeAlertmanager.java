// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes alerts as Alertmanager does, and fails as it is told. */
final class FakeAlertmanager implements AutoCloseable {
  /** How it behaves. */
  enum Mood {
    WELL,
    FAILING,
    LIMITING,
    DENYING,
    HANGING
  }

  /** One alert of one request. */
  record Received(String name, Instant endsAt, int batch) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Received> received = new ArrayList<>();
  private final Map<String, Received> current = new TreeMap<>();
  private final List<String> authorizations = new ArrayList<>();
  private volatile Mood mood = Mood.WELL;
  private final AtomicInteger requests = new AtomicInteger();

  FakeAlertmanager() throws IOException {
    this(0);
  }

  /** One that listens on a port that another has left. */
  FakeAlertmanager(int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    server.createContext("/api/v2/alerts", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  void mood(Mood next) {
    mood = next;
  }

  int requests() {
    return requests.get();
  }

  /** Everything it has taken, in order. */
  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** The latest of each alert. */
  synchronized Map<String, Received> current() {
    return Map.copyOf(current);
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.incrementAndGet();
    switch (mood) {
      case WELL -> take(exchange, body);
      case FAILING -> answer(exchange, 500, "oops");
      case LIMITING -> answer(exchange, 429, "slow down");
      case DENYING -> answer(exchange, 403, "who are you");
      case HANGING -> hang(exchange);
    }
  }

  /** Like the real one, keeps the good alerts of a batch that it refuses. */
  private synchronized void take(HttpExchange exchange, byte[] body) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    JsonNode alerts = JSON.readTree(body);
    boolean good = true;
    for (JsonNode alert : alerts) {
      String name = alert.path("labels").path("incident").asText();
      if (name.startsWith("poison")) {
        good = false;
        continue;
      }
      Instant endsAt = Instant.parse(alert.path("endsAt").asText());
      Received one = new Received(name, endsAt, alerts.size());
      received.add(one);
      current.put(name, one);
    }
    answer(exchange, good ? 200 : 400, good ? "" : "\"bad label\"");
  }

  private void hang(HttpExchange exchange) throws IOException {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
