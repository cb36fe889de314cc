// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What Kafka's exporter tells of the queue between checkout and the orders' worker. */
final class QueueMeter {
  private static final int PARTITIONS = 3;

  private final SeriesGroup group =
      new SeriesGroup("namespace", Topology.NAMESPACE, "topic", "orders", "job", "kafka-exporter");
  private final Series[] lag = new Series[PARTITIONS];
  private final Series[] end = new Series[PARTITIONS];

  /** Messages that wait because they could not be read in time. */
  private final double[] waiting = new double[PARTITIONS];

  QueueMeter() {
    for (int i = 0; i < PARTITIONS; i++) {
      SeriesGroup partition = group.with("partition", Integer.toString(i));
      lag[i] = partition.add("kafka_consumergroup_lag", "consumergroup", Topology.WORKER);
      end[i] = partition.add("kafka_topic_partition_current_offset");
    }
  }

  SeriesGroup group() {
    return group;
  }

  /** Measures a step. */
  void measure(Step step, Dice dice) {
    double seconds = step.seconds();
    double rate = step.demand() * Topology.share(Topology.WORKER);
    double stall = Impact.on(Topology.service(Topology.WORKER), step).stall();
    for (int i = 0; i < PARTITIONS; i++) {
      double arrived = dice.poisson(rate * seconds / PARTITIONS);
      // The worker can read twice as fast as orders come in, and so catches up after a stall.
      double capacity = 2 * rate * seconds / PARTITIONS * (1 - stall);
      waiting[i] = Math.max(0, waiting[i] + arrived - capacity);
      end[i].value += arrived;
      lag[i].value = Math.rint(waiting[i]) + dice.poisson(rate / PARTITIONS * 0.2);
    }
  }
}
