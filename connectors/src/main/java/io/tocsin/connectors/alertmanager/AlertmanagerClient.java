// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts bodies to one Alertmanager; whatever happens becomes an outcome. */
final class AlertmanagerClient {
  private static final int MAX_ANSWER_BYTES = 4 * 1024;

  private final HttpClient http;
  private final HttpRequest.Builder request;
  private final Duration timeout;

  AlertmanagerClient(AlertmanagerAddress address, Duration timeout) {
    this.timeout = timeout;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
    request =
        HttpRequest.newBuilder(address.alerts())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "tocsin");
    String authorization = address.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
  }

  /** What Alertmanager said, in a form for logs. */
  record Answer(Outcome outcome, String text) {}

  Answer post(byte[] body) throws InterruptedException {
    HttpRequest post = request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    CompletableFuture<HttpResponse<String>> response = http.sendAsync(post, info -> beginning());
    try {
      // The request's own timeout ends with the headers; a body may hang as well.
      HttpResponse<String> answer = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
          Outcome.ofStatus(answer.statusCode()), answer.statusCode() + " " + answer.body());
    } catch (TimeoutException e) {
      return new Answer(Outcome.UNAVAILABLE, "no answer within " + timeout.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new Answer(Outcome.UNAVAILABLE, String.valueOf(e.getCause()));
    } finally {
      response.cancel(true);
    }
  }

  private static HttpResponse.BodySubscriber<String> beginning() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    HttpResponse.BodySubscriber<Void> taking =
        BodySubscribers.ofByteArrayConsumer(
            chunk ->
                chunk.ifPresent(
                    bytes ->
                        kept.write(
                            bytes, 0, Math.min(bytes.length, MAX_ANSWER_BYTES - kept.size()))));
    return BodySubscribers.mapping(
        taking, nothing -> kept.toString(StandardCharsets.UTF_8).strip());
  }
}
