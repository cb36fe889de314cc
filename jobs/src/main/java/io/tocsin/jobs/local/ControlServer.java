// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** Takes orders to break something, from this machine and this user only. */
final class ControlServer implements AutoCloseable {
  static final String PATH = "/break";
  static final String TOKEN = "X-Tocsin-Token";
  private static final int MAX_ORDER = 1_000;

  private final HttpServer server;
  private final ControlFile file;
  private final String token;
  private final Breaker breaker;

  /** Breaks something. */
  @FunctionalInterface
  interface Breaker {
    /**
     * Breaks it for a while.
     *
     * @return what was done, for people
     * @throws LocalRunException when that cannot be done now
     */
    String breakIt(FaultChoice choice, Duration time);
  }

  ControlServer(ControlFile file, Breaker breaker) throws IOException {
    this.file = file;
    this.breaker = breaker;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::handle);
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    file.write(new ControlFile.Demo(uri, token, ProcessHandle.current().pid()));
  }

  /** An order is three lines: service, kind, seconds. */
  private void handle(HttpExchange exchange) throws IOException {
    byte[] shown =
        String.valueOf(exchange.getRequestHeaders().getFirst(TOKEN))
            .getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8))) {
      answer(exchange, 403, "This demo belongs to somebody else.");
      return;
    }
    String order =
        new String(exchange.getRequestBody().readNBytes(MAX_ORDER), StandardCharsets.UTF_8);
    String[] lines = order.split("\n", -1);
    try {
      Duration time = Duration.ofSeconds(Long.parseLong(lines[2]));
      answer(exchange, 200, breaker.breakIt(FaultChoice.of(lines[0], lines[1]), time));
    } catch (LocalRunException e) {
      answer(exchange, 409, String.valueOf(e.getMessage()));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      answer(exchange, 400, "The order cannot be read; use ./tocsin break.");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    file.delete();
    server.stop(0);
  }
}
