// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics as soon as Kafka can be reached, then looks every few seconds whether they are
 * still there. A thread of its own, so that no request waits for it.
 */
final class TopicWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final List<Topic> ALL = List.of(Topic.values());
  private static final long INTERVAL_MILLIS = 5_000;
  private static final long IMPATIENT_MILLIS = 500;

  private final Admin admin;
  private final TopicCreator creator;
  private final Producer<byte[], byte[]> producer;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "gateway-topics");
  private volatile boolean created;
  private volatile boolean ready;
  private volatile int metricsPartitions;
  private volatile String state = "Kafka has not answered yet";

  TopicWatch(Admin admin, TopicCreator creator, Producer<byte[], byte[]> producer) {
    this.admin = admin;
    this.creator = creator;
    this.producer = producer;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether the topics have been created or found once. */
  boolean created() {
    return created;
  }

  /** Whether they were there at the last look. */
  boolean ready() {
    return ready;
  }

  /** How many partitions the topic of metrics had at the last look; 0 before the first. */
  int metricsPartitions() {
    return metricsPartitions;
  }

  String state() {
    return state;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closed.await(ready ? INTERVAL_MILLIS : IMPATIENT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("the watch over the topics ends");
    }
  }

  private void look() throws InterruptedException {
    try {
      creator.ensure(ALL);
      // Keeps what the producer knows of these topics from growing stale while nothing is sent.
      metricsPartitions = producer.partitionsFor(Topic.METRICS.topicName()).size();
      producer.partitionsFor(Topic.CHANGES.topicName());
      created = true;
      tell(true, "ready");
    } catch (TopicException e) {
      tell(false, String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      tell(false, "Kafka does not answer: " + e.getMessage());
    }
  }

  private void tell(boolean nowReady, String nowState) {
    if (!nowState.equals(state)) {
      if (nowReady) {
        LOG.info("topics are ready");
      } else {
        LOG.warn("not ready: {}", nowState);
      }
    }
    ready = nowReady;
    state = nowState;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    admin.close(Duration.ofSeconds(1));
  }
}
