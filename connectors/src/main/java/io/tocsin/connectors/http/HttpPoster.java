// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.http;

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

/**
 * Makes requests and waits for each answer, for a bounded time, of which it keeps the beginning. It
 * follows no redirect.
 */
public final class HttpPoster {
  private static final int MAX_ANSWER_BYTES = 4 * 1024;

  private final HttpClient http;
  private final Duration timeout;

  public HttpPoster(Duration timeout) {
    this.timeout = timeout;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** What came back. */
  public static final class Reply {
    private final int status;
    private final byte[] body;
    private final String retryAfter;

    /**
     * A reply.
     *
     * @param status the HTTP status; 0 when there was no answer
     * @param body the beginning of its body; without an answer, why there was none; kept, so not to
     *     be changed any more
     * @param retryAfter the header {@code Retry-After}, or empty
     */
    public Reply(int status, byte[] body, String retryAfter) {
      this.status = status;
      this.body = body;
      this.retryAfter = retryAfter;
    }

    public Reply(int status, String text, String retryAfter) {
      this(status, text.getBytes(StandardCharsets.UTF_8), retryAfter);
    }

    public int status() {
      return status;
    }

    public byte[] body() {
      return body;
    }

    public String retryAfter() {
      return retryAfter;
    }

    /** Whether there was an answer. */
    public boolean answered() {
      return status != 0;
    }

    /** The body as text, without white space around it. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8).strip();
    }
  }

  /** Posts a body; every failure is a reply without a status. */
  public Reply post(HttpRequest.Builder request, byte[] body) throws InterruptedException {
    return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)), MAX_ANSWER_BYTES);
  }

  /**
   * Asks for something; every failure is a reply without a status.
   *
   * @param mostBytes how much of the answer is kept
   */
  public Reply get(HttpRequest.Builder request, int mostBytes) throws InterruptedException {
    return send(request.GET(), mostBytes);
  }

  private Reply send(HttpRequest.Builder request, int mostBytes) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request.timeout(timeout).build(), info -> beginning(mostBytes));
    try {
      // The request's own timeout ends with the headers; a body may hang as well.
      HttpResponse<byte[]> answer = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Retry-After").orElse(""));
    } catch (TimeoutException e) {
      return new Reply(0, "no answer within " + timeout.toSeconds() + " s", "");
    } catch (ExecutionException e) {
      return new Reply(0, String.valueOf(e.getCause()), "");
    } finally {
      response.cancel(true);
    }
  }

  private static HttpResponse.BodySubscriber<byte[]> beginning(int mostBytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    HttpResponse.BodySubscriber<Void> taking =
        BodySubscribers.ofByteArrayConsumer(
            chunk ->
                chunk.ifPresent(
                    bytes ->
                        kept.write(bytes, 0, Math.min(bytes.length, mostBytes - kept.size()))));
    return BodySubscribers.mapping(taking, nothing -> kept.toByteArray());
  }
}
