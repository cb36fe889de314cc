// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the notifications that an Alertmanager sends. */
final class WebhookSink implements AutoCloseable {
  private final HttpServer server;
  private final List<Notice> notices = new CopyOnWriteArrayList<>();

  /**
   * What a notification says of one alert.
   *
   * @param status {@code firing} or {@code resolved}
   * @param alertname its label of that name
   * @param fingerprint Alertmanager's hash of its labels
   */
  record Notice(String status, String alertname, String fingerprint) {}

  WebhookSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** What was told of an alert, in order. */
  List<Notice> notices(String alertname) {
    return notices.stream().filter(notice -> notice.alertname().equals(alertname)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Notice> told = new ArrayList<>();
      for (JsonNode alert :
          Http.json(exchange.getRequestBody().readAllBytes()).withArray("alerts")) {
        told.add(
            new Notice(
                alert.path("status").asText(),
                alert.path("labels").path("alertname").asText(),
                alert.path("fingerprint").asText()));
      }
      notices.addAll(told);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
