// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes telemetry as a collector does, and answers as it is told. */
public final class FakeCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<Metric> metrics = new CopyOnWriteArrayList<>();
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile byte[] answer = {};

  public FakeCollector() throws IOException {
    this(0);
  }

  /** One that listens on a port that was free a moment ago. */
  FakeCollector(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v1/metrics", this::take);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answer(int nextStatus, byte[] nextAnswer) {
    answer = nextAnswer;
    status = nextStatus;
  }

  public List<Metric> metrics() {
    return metrics;
  }

  public List<Span> spans() {
    return spans;
  }

  List<String> tokens() {
    return tokens;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")));
    boolean right =
        "application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (status == 200 && right) {
      read(exchange.getRequestURI().getPath(), body);
    }
    exchange.getResponseHeaders().set("Location", "/v1/elsewhere");
    exchange.sendResponseHeaders(right ? status : 415, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void read(String path, byte[] body) throws IOException {
    if (path.equals("/v1/metrics")) {
      ExportMetricsServiceRequest.parseFrom(body)
          .getResourceMetricsList()
          .forEach(
              of -> of.getScopeMetricsList().forEach(in -> metrics.addAll(in.getMetricsList())));
    } else {
      ExportTraceServiceRequest.parseFrom(body)
          .getResourceSpansList()
          .forEach(of -> of.getScopeSpansList().forEach(in -> spans.addAll(in.getSpansList())));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
