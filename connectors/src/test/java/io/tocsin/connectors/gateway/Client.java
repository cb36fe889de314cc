// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Speaks to a gateway under test: properly, or byte by byte. */
final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI gateway;

  Client(Gateway gateway) {
    this.gateway = gateway.uri();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path));
  }

  HttpRequest write(Protocol protocol, byte[] body) {
    return request("/api/v1/write")
        .header("Content-Type", RemoteWriteHeaders.contentType(protocol))
        .header("Content-Encoding", "snappy")
        .header(RemoteWriteHeaders.VERSION, protocol.version())
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  /** The value of a metric without labels, or of one with the labels as they are printed. */
  double metric(String series) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** All that the gateway says until it closes the connection. */
  static String answers(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** The head of a write request, as text. */
  static String writeHead(String... furtherLines) {
    return "POST /api/v1/write HTTP/1.1\r\n"
        + "Host: gateway\r\n"
        + "Content-Type: application/x-protobuf\r\n"
        + "Content-Encoding: snappy\r\n"
        + String.join("", Arrays.stream(furtherLines).map(l -> l + "\r\n").toList())
        + "\r\n";
  }
}
