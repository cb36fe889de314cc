// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.connectors.topics.RecordHeaders;
import io.tocsin.connectors.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an empty body to every partition of {@link Topic#METRICS} at an interval, while the sink
 * is ready. So event time, which is the time of arrival, goes on in a partition to which nobody
 * sends, and an idle partition holds no other back. A thread of its own, so that no request waits
 * for it.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final byte[] EMPTY_BODY = SnappyBlock.encode(new byte[0], 0, 0);

  /** Stands for the partition of the logs among those that are under way. */
  private static final int LOGS = -1;

  private final RecordSink sink;
  private final GatewayMetrics metrics;
  private final Duration interval;

  /** Partitions whose last heartbeat is under way: never two, however long Kafka takes. */
  private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "gateway-heartbeat");

  /**
   * One that does not beat yet.
   *
   * @param interval between two bodies of a partition; zero to write none
   */
  Heartbeat(RecordSink sink, GatewayMetrics metrics, Duration interval) {
    this.sink = sink;
    this.metrics = metrics;
    this.interval = interval;
    thread.setDaemon(true);
  }

  void start() {
    if (!interval.isZero()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        if (sink.ready()) {
          beat();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the heartbeat ends");
    }
  }

  private void beat() {
    int partitions = sink.metricsPartitions();
    for (int partition = 0; partition < partitions; partition++) {
      if (underWay.add(partition)) {
        send(partition, record(partition));
      }
    }
    // Of the logs, one partition is enough: others that are silent hold it not back.
    if (underWay.add(LOGS)) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topic.LOGS.topicName(), 0, System.currentTimeMillis(), null, new byte[0]);
      record.headers().add(RecordHeaders.HEARTBEAT, new byte[0]);
      send(LOGS, record);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(int partition) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.METRICS.topicName(), partition, System.currentTimeMillis(), null, EMPTY_BODY);
    record.headers().add(RecordHeaders.PROTOCOL, "1".getBytes(StandardCharsets.US_ASCII));
    return record;
  }

  private void send(int partition, ProducerRecord<byte[], byte[]> record) {
    sink.send(record, delivery -> told(partition, delivery));
  }

  private void told(int partition, Delivery delivery) {
    underWay.remove(partition);
    if (delivery != Delivery.WRITTEN) {
      metrics.heartbeatFailed();
      LOG.debug("a heartbeat of partition {} is not known to be written", partition);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
