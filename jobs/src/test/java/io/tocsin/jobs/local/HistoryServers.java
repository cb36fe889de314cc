// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Prometheus that remembers one sample of two series every ten seconds, and a gateway that notes
 * what it gets.
 */
final class HistoryServers implements AutoCloseable {
  static final long STEP_MILLIS = 10_000;

  private static final Pattern QUERY = Pattern.compile("query=(\\{.*})\\[(\\d+)ms]");
  private static final Pattern TIME = Pattern.compile("time=([0-9.]+)");

  private final HttpServer server;

  /** The ends of the windows that were asked for, ms since the epoch. */
  final List<Long> asked = new ArrayList<>();

  /** Times of the samples that the gateway got, ms since the epoch, body after body. */
  final List<Long> got = new ArrayList<>();

  /** Families whose kind the gateway was told. */
  final List<String> families = new ArrayList<>();

  /** Headers of the bodies: sender, replay, authorization. */
  final List<String> headers = new ArrayList<>();

  /** A window longer than this is too much for Prometheus. */
  long mostMillis = Long.MAX_VALUE;

  /** Windows that end later are refused. */
  long refusesAfter = Long.MAX_VALUE;

  /** What the gateway answers to bodies. */
  int gatewayStatus = 204;

  boolean isEmpty;

  HistoryServers() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/query", this::query);
    server.createContext("/api/v1/write", this::write);
    server.createContext(
        "/api/v1/metadata",
        exchange -> answer(exchange, 200, "{'data':{'load':[{'type':'gauge'}]}}"));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private synchronized void query(HttpExchange exchange) throws IOException {
    String form =
        URLDecoder.decode(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    Matcher query = QUERY.matcher(form);
    Matcher time = TIME.matcher(form);
    if (!query.find() || !time.find()) {
      answer(exchange, 400, "{'errorType':'bad_data','error':'no selector'}");
      return;
    }
    long until = Math.round(Double.parseDouble(time.group(1)) * 1000);
    long length = Long.parseLong(query.group(2));
    if (until > refusesAfter) {
      answer(exchange, 400, "{'errorType':'bad_data','error':'not any more'}");
    } else if (length > mostMillis) {
      answer(exchange, 422, "{'errorType':'execution','error':'too many samples'}");
    } else {
      asked.add(until);
      answer(exchange, 200, matrix(until - length, until));
    }
  }

  private String matrix(long from, long until) {
    List<String> values = new ArrayList<>();
    for (long time = -Math.floorDiv(-from, STEP_MILLIS) * STEP_MILLIS;
        time <= until;
        time += STEP_MILLIS) {
      values.add(String.format(Locale.ROOT, "[%.3f,'1']", time / 1e3));
    }
    String series = "{'metric':{'__name__':'load','node':'%s'},'values':[%s]}";
    String joined = String.join(",", values);
    String result = series.formatted("a", joined) + "," + series.formatted("b", joined);
    return "{'status':'success','data':{'resultType':'matrix','result':[%s]}}"
        .formatted(isEmpty ? "" : result);
  }

  private synchronized void write(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
    DecodedBody decoded = new DecodedBody();
    if (snappy.decode(body, 0, body.length) != null
        || new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS)
                .decode(snappy.bytes(), 0, snappy.length(), Protocol.V1, decoded)
            != null) {
      answer(exchange, 400, "not a body");
      return;
    }
    for (int n = 0; n < decoded.sampleCount(); n++) {
      got.add(decoded.timestamp(n));
    }
    for (int n = 0; n < decoded.metadataCount(); n++) {
      families.add(decoded.metadataFamily(n));
    }
    var given = exchange.getRequestHeaders();
    headers.add(
        "%s %s %s"
            .formatted(
                given.getFirst("X-Tocsin-Sender"),
                given.getFirst("X-Tocsin-Replay"),
                given.getFirst("Authorization")));
    answer(exchange, gatewayStatus, gatewayStatus == 204 ? "" : "its reason");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
    if (status != 204) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
