// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A sink that tells the fate of a record when the test says so, or at once. */
final class HeldSink implements RecordSink {
  final List<ProducerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
  private final Queue<Consumer<Delivery>> held = new ConcurrentLinkedQueue<>();
  private volatile Delivery atOnce;
  volatile boolean ready = true;

  /** None, so that there are no heartbeats unless a test wants them. */
  volatile int partitions;

  /** How often somebody asked whether it is ready. */
  final AtomicInteger looks = new AtomicInteger();

  /** A sink that holds every record until {@link #tell}. */
  static HeldSink holding() {
    return new HeldSink();
  }

  /** A sink that tells this of every record at once. */
  static HeldSink telling(Delivery delivery) {
    HeldSink sink = new HeldSink();
    sink.atOnce = delivery;
    return sink;
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record, Consumer<Delivery> told) {
    records.add(record);
    Delivery now = atOnce;
    if (now == null) {
      held.add(told);
    } else {
      told.accept(now);
    }
  }

  int held() {
    return held.size();
  }

  /** Tells this of the record that has been held the longest. */
  void tell(Delivery delivery) {
    held.remove().accept(delivery);
  }

  @Override
  public int metricsPartitions() {
    return partitions;
  }

  @Override
  public boolean ready() {
    looks.incrementAndGet();
    return ready;
  }

  @Override
  public String state() {
    return "Kafka does not answer";
  }

  @Override
  public void close() {}
}
