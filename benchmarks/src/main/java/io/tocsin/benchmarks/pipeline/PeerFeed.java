// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.connectors.topics.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sends the bodies of a workload to a peer, scrape by scrape, each partition in its order and over
 * a connection of its own, and measures what they cost the peer.
 */
final class PeerFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Both peers put off work until after they have answered, for a second or so. */
  private static final long SETTLING_MILLIS = 1500;

  private final PeerProcess peer;
  private final Workload workload;
  private final List<Lane> lanes = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(Topic.METRICS.partitions());
  private final long bytesBefore;
  private final int first;
  private int scrapes;

  /** Begins with the first scrape at the usual interval. */
  PeerFeed(PeerProcess peer, Workload workload) throws Exception {
    this.peer = peer;
    this.workload = workload;
    bytesBefore = peer.residentBytes();
    first = workload.schedule().ageing();
    scrapes = first;
    for (int partition = 0; partition < Topic.METRICS.partitions(); partition++) {
      lanes.add(new Lane(partition));
    }
  }

  /** The bodies of one partition. */
  private final class Lane {
    private final Consumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

    Lane(int number) {
      TopicPartition partition = new TopicPartition(Topic.METRICS.topicName(), number);
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", workload.bootstrapServers()),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      consumer.assign(List.of(partition));
      var offset =
          consumer.offsetsForTimes(Map.of(partition, workload.timeOf(first))).get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }

    /** Sends what was scraped before this time. */
    Void send(long until) throws Exception {
      long end = consumer.endOffsets(consumer.assignment()).values().iterator().next();
      while (true) {
        while (!fetched.isEmpty()) {
          if (fetched.element().timestamp() >= until) {
            return null;
          }
          peer.write(fetched.remove().value());
        }
        if (consumer.position(consumer.assignment().iterator().next()) >= end) {
          return null;
        }
        consumer.poll(POLL).forEach(fetched::add);
      }
    }
  }

  /** Has the peer take in so many scrapes more. */
  Cost send(int more) throws Exception {
    long cpu = peer.cpuNanos();
    peer.resume();
    long began = System.nanoTime();
    scrapes += more;
    long until = workload.timeOf(scrapes);
    List<Future<Void>> sent = new ArrayList<>();
    for (Lane lane : lanes) {
      sent.add(threads.submit(() -> lane.send(until)));
    }
    for (Future<Void> lane : sent) {
      lane.get();
    }
    long wall = System.nanoTime() - began;
    TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
    peer.pause();
    return new Cost((long) more * workload.series(), peer.cpuNanos() - cpu, 0, wall);
  }

  /** How many scrapes are left to be sent. */
  int left() {
    return workload.scrapes() - scrapes;
  }

  /** By how much its memory has grown for each series. */
  double bytesPerSeries() throws Exception {
    return (double) (peer.residentBytes() - bytesBefore) / workload.series();
  }

  /** Whatever was sent must have been taken. */
  void check(Flaws flaws) throws Exception {
    peer.resume();
    long expected = (long) (scrapes - first) * workload.series();
    flaws.unequal("samples taken by " + peer.peer().title(), peer.taken(), expected);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    lanes.forEach(lane -> lane.consumer.close());
    peer.close();
  }
}
