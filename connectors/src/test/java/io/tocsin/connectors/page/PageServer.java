// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Objects;

/** Serves the page without a gateway and Kafka. */
final class PageServer implements AutoCloseable {
  private final HttpServer server;
  private final IncidentPages pages;

  PageServer(Knowledge knowledge) throws IOException {
    pages = new IncidentPages(PageSettings.DEFAULTS, knowledge, InstantSource.system());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Document document =
        pages
            .answer(
                new PageRequest(
                    exchange.getRequestURI().getPath(),
                    Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                    Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("If-None-Match"), "")))
            .join();
    document.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = new byte[document.body().remaining()];
    document.body().get(body);
    exchange.sendResponseHeaders(document.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
