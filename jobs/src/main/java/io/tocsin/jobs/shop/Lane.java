// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteClient;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One sender: takes the samples of its series and posts them in order, one body after the other,
 * while the next is being filled.
 */
final class Lane implements AutoCloseable {
  private static final int BODY_SAMPLES = 5_000;
  private static final int WAITING_BODIES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
  private final URI gateway;
  private final String name;
  private volatile RemoteWriteClient client;
  private final ExecutorService sender;
  private final Semaphore room = new Semaphore(WAITING_BODIES);
  private volatile @Nullable IOException failure;

  /**
   * @param replay what is said of each body as long as it is of the past, see {@link
   *     RemoteWriteHeaders#REPLAY}
   */
  Lane(URI gateway, String name, String replay) {
    this.gateway = gateway;
    this.name = name;
    client = client(Map.of(RemoteWriteHeaders.SENDER, name, RemoteWriteHeaders.REPLAY, replay));
    sender =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  private RemoteWriteClient client(Map<String, String> headers) {
    return new RemoteWriteClient(
        gateway.resolve("/api/v1/write"), new Secret(""), headers, PATIENCE);
  }

  /** From now on what is sent happens now. */
  void live() {
    client = client(Map.of(RemoteWriteHeaders.SENDER, name));
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
        client.post(body);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
