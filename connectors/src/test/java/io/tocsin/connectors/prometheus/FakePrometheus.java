// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Answers what it was told to, one answer after the other, and notes what it was asked. */
final class FakePrometheus implements AutoCloseable {
  /** What was asked: the path, what was posted, and the header Authorization. */
  record Question(String path, String form, String authorization) {}

  private record Answer(int status, String body, Map<String, String> headers, boolean cut) {}

  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  final List<Question> questions = new ArrayList<>();

  FakePrometheus() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized FakePrometheus answering(int status, String body) {
    answers.add(new Answer(status, body, Map.of(), false));
    return this;
  }

  synchronized FakePrometheus answering(int status, String body, String name, String value) {
    answers.add(new Answer(status, body, Map.of(name, value), false));
    return this;
  }

  /** An answer whose connection breaks before its end. */
  synchronized FakePrometheus breakingOff(String body) {
    answers.add(new Answer(200, body, Map.of(), true));
    return this;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    questions.add(
        new Question(
            exchange.getRequestURI().getPath(),
            URLDecoder.decode(form, StandardCharsets.UTF_8),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length + (answer.cut() ? 10 : 0));
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
