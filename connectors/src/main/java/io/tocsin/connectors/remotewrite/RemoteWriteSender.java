// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes samples to a Prometheus by remote write 1.0, as well as it goes: {@link #offer} never
 * waits, and what the receiver does not take in time or does not want is dropped and counted.
 */
public final class RemoteWriteSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteSender.class);
  private static final int MAX_BATCH = 2000;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;

  private record Sample(Labels labels, long time, double value) {}

  private final URI receiver;
  private final String authorization;
  private final BlockingQueue<Sample> queue;
  private final long oldestMillis;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final Thread thread = new Thread(this::run, "remote-write-sender");
  private volatile boolean closed;

  /**
   * A sender with its own thread.
   *
   * @param receiver the remote-write URL
   * @param bearerToken for the header Authorization, or empty
   * @param capacity how many samples may wait
   */
  public RemoteWriteSender(URI receiver, String bearerToken, int capacity) {
    this(receiver, bearerToken, capacity, Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * A sender that drops what is too old for the receiver: of one such sample a Prometheus refuses
   * the whole batch.
   *
   * @param oldest how old a sample may be
   */
  public RemoteWriteSender(URI receiver, String bearerToken, int capacity, Duration oldest) {
    this.receiver = receiver;
    this.oldestMillis = oldest.toMillis();
    this.authorization = bearerToken.isEmpty() ? "" : "Bearer " + bearerToken;
    this.queue = new ArrayBlockingQueue<>(capacity);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands over a sample; drops it when it is too old or too many wait. */
  public void offer(Labels labels, long timeMillis, double value) {
    boolean old = System.currentTimeMillis() - timeMillis > oldestMillis;
    if (old || !queue.offer(new Sample(labels, timeMillis, value))) {
      dropped.incrementAndGet();
    }
  }

  /** Samples that were not delivered. */
  public long dropped() {
    return dropped.get();
  }

  /** Samples that were delivered. */
  public long sent() {
    return sent.get();
  }

  /** Stops; what still waits is lost. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    List<Sample> batch = new ArrayList<>();
    try {
      while (!closed) {
        batch.clear();
        batch.add(queue.take());
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis()); // lets a batch gather
        queue.drainTo(batch, MAX_BATCH - 1);
        for (Sample sample : batch) {
          encoder.sample(
              RemoteWriteEncoder.encodeLabels(sample.labels()), sample.time(), sample.value());
        }
        count(batch.size(), deliver(encoder.finish()));
      }
    } catch (InterruptedException e) {
      LOG.debug("The sender to {} has stopped", receiver.getHost());
    }
  }

  private void count(int samples, boolean delivered) {
    (delivered ? sent : dropped).addAndGet(samples);
  }

  private boolean deliver(byte[] body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver)
            .timeout(TIMEOUT)
            .header(RemoteWriteHeaders.CONTENT_TYPE, RemoteWriteHeaders.contentType(Protocol.V1))
            .header(RemoteWriteHeaders.CONTENT_ENCODING, RemoteWriteHeaders.ENCODING)
            .header(RemoteWriteHeaders.VERSION, Protocol.V1.version())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      switch (answer(request.build())) {
        case DELIVERED -> {
          return true;
        }
        case DROP -> {
          return false;
        }
        case RETRY -> TimeUnit.MILLISECONDS.sleep(attempt * PAUSE.toMillis());
      }
    }
    return false;
  }

  private WriteResponse answer(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      WriteResponse answer = WriteResponse.ofStatus(response.statusCode());
      if (answer != WriteResponse.DELIVERED) {
        LOG.debug("{} answered {}", receiver.getHost(), response.statusCode());
      }
      return answer;
    } catch (IOException e) {
      LOG.debug("{} cannot be reached: {}", receiver.getHost(), e.toString());
      return WriteResponse.RETRY;
    }
  }
}
