// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Posts remote-write bodies to Tocsin's gateway one after the other, and waits until each is taken:
 * for what must arrive whole and in order. A gateway that has never answered is not waited for: its
 * address may be wrong. One instance per thread.
 */
public final class RemoteWriteClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int FIRST_PAUSE_MILLIS = 50;
  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final HttpRequest.Builder request;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private boolean answered;

  /**
   * A client for bodies of version 1.0.
   *
   * @param receiver the remote-write URL
   * @param token bearer token; empty for none
   * @param headers further headers
   * @param patience how long a body is sent again when it is not taken
   */
  public RemoteWriteClient(
      URI receiver, Secret token, Map<String, String> headers, Duration patience) {
    this.patience = patience;
    request =
        HttpRequest.newBuilder(receiver)
            .timeout(TIMEOUT)
            .header(RemoteWriteHeaders.CONTENT_TYPE, RemoteWriteHeaders.contentType(Protocol.V1))
            .header(RemoteWriteHeaders.CONTENT_ENCODING, RemoteWriteHeaders.ENCODING)
            .header(RemoteWriteHeaders.VERSION, Protocol.V1.version());
    headers.forEach(request::header);
    if (!token.reveal().isEmpty()) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
  }

  /**
   * Returns once a body is taken.
   *
   * @throws IOException when it is refused for good, or was not taken for as long as the patience
   *     lasts; its message says why, as a sentence without a full stop
   */
  public void post(byte[] body) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int pause = FIRST_PAUSE_MILLIS;
    while (true) {
      String problem = attempt(body);
      if (problem.isEmpty()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "The gateway has taken nothing for %d s: %s".formatted(patience.toSeconds(), problem));
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Posts once. Returns what went wrong if it may go right the next time, else nothing. */
  private String attempt(byte[] body) throws IOException, InterruptedException {
    HttpRequest post = request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    HttpResponse<String> response;
    try {
      response = client.send(post, HttpResponse.BodyHandlers.ofString());
      answered = true;
    } catch (IOException e) {
      if (!answered) {
        throw new IOException("The gateway at %s cannot be reached".formatted(post.uri()), e);
      }
      return "it cannot be reached (" + e.getClass().getSimpleName() + ")";
    }
    String said = response.statusCode() + " " + response.body().strip();
    return switch (WriteResponse.ofStatus(response.statusCode())) {
      case DELIVERED -> "";
      case RETRY -> said;
      case DROP -> throw new IOException("The gateway refused the samples with " + said);
    };
  }
}
