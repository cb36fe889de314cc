// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sender: takes the samples of its series and posts them in order, one body after the other,
 * while the next is being filled. The shop's time is not the clock's, so each body is said to be a
 * replay.
 */
final class Lane implements AutoCloseable {
  private static final int BODY_SAMPLES = 5_000;
  private static final int WAITING_BODIES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_PAUSE_MILLIS = 50;
  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final URI address;
  private final String name;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService sender;
  private final Semaphore room = new Semaphore(WAITING_BODIES);
  private volatile @Nullable IOException failure;

  Lane(URI gateway, String name) {
    address = gateway.resolve("/api/v1/write");
    this.name = name;
    sender =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  void sample(Series series, long time) {
    encoder.sample(series.encoded, time, series.value);
  }

  /** Whether there is enough for a body. */
  boolean isFull() {
    return encoder.samples() >= BODY_SAMPLES;
  }

  /**
   * Hands what was sampled over to be sent; waits while too much is on its way.
   *
   * @throws IOException when the gateway has not taken an earlier body
   */
  void send() throws IOException, InterruptedException {
    if (encoder.samples() > 0) {
      byte[] body = encoder.finish();
      room.acquire();
      sender.execute(() -> deliver(body));
    }
    throwFailure();
  }

  /** Waits until all that was handed over has arrived. */
  void await() throws IOException, InterruptedException {
    room.acquire(WAITING_BODIES);
    room.release(WAITING_BODIES);
    throwFailure();
  }

  private void throwFailure() throws IOException {
    IOException told = failure;
    if (told != null) {
      throw new IOException(told.getMessage(), told);
    }
  }

  private void deliver(byte[] body) {
    try {
      if (failure == null) {
        post(body);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private void post(byte[] body) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int pause = FIRST_PAUSE_MILLIS;
    while (true) {
      String problem = attempt(body);
      if (problem.isEmpty()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "The gateway has not taken the shop's samples for %d s: %s"
                .formatted(PATIENCE.toSeconds(), problem));
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /**
   * Posts once. Returns what went wrong if it may go right the next time, else the empty string.
   *
   * @throws IOException when the gateway will never take the body
   */
  private String attempt(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .header("X-Tocsin-Sender", name)
            .header("X-Tocsin-Replay", "true")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return String.valueOf(e);
    }
    int status = response.statusCode();
    if (status / 100 == 4) {
      throw new IOException(
          "The gateway refused the shop's samples with %d: %s"
              .formatted(status, response.body().strip()));
    }
    return status / 100 == 2 ? "" : status + " " + response.body().strip();
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
