// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The services that one Prometheus watches, scrape by scrape: requests, errors, latencies, CPU and
 * memory, with faults at known times. The same seed gives the same bytes.
 */
final class Fleet {
  static final long START = 1_760_000_000_000L;
  static final long STEP_MILLIS = 15_000;

  private static final int ARRIVAL_MILLIS = 700;
  private static final String[] BOUNDS = {"0.05", "0.1", "0.25", "0.5", "1", "+Inf"};
  private static final double[] HEALTHY = {0.5, 0.9, 0.99, 1, 1, 1};
  private static final double[] SLOW = {0.05, 0.1, 0.3, 0.6, 0.9, 1};

  /**
   * What is wrong with a service, from one scrape until before another; gone says that it then
   * vanishes rather than recovers.
   */
  record Fault(int service, int from, int until, boolean gone) {
    boolean active(int service, int scrape) {
      return service == this.service && scrape >= from && scrape < until;
    }

    boolean absent(int service, int scrape) {
      return gone && service == this.service && scrape >= until;
    }
  }

  private final int partition;
  private final int services;
  private final List<Fault> faults;
  private final Random random;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
  private final List<List<byte[]>> labels = new ArrayList<>();
  private final double[][] totals;
  private int scrape;
  private long samples;

  Fleet(int partition, int services, List<Fault> faults) {
    this.partition = partition;
    this.services = services;
    this.faults = faults;
    random = new Random(1000L + partition);
    for (int service = 0; service < services; service++) {
      labels.add(series(service));
    }
    totals = new double[services][labels.get(0).size()];
  }

  private List<byte[]> series(int service) {
    List<byte[]> series = new ArrayList<>();
    series.add(one(service, "http_requests_total", "code", "200"));
    series.add(one(service, "http_requests_total", "code", "500"));
    series.add(one(service, "process_cpu_seconds_total", "container", "app"));
    series.add(one(service, "process_resident_memory_bytes", "container", "app"));
    for (String bound : BOUNDS) {
      series.add(one(service, "http_request_duration_seconds_bucket", "le", bound));
    }
    return series;
  }

  private byte[] one(int service, String metric, String label, String value) {
    TreeMap<String, String> all = new TreeMap<>();
    all.put(Labels.NAME, metric);
    all.put("namespace", "shop-" + partition);
    all.put("service", "service-" + service);
    all.put(label, value);
    return RemoteWriteEncoder.encodeLabels(Labels.of(all));
  }

  /** How many samples were made so far. */
  long samples() {
    return samples;
  }

  /** The records of the next scrapes, one each. */
  List<ProducerRecord<byte[], byte[]>> scrapes(int count) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
    for (int end = scrape + count; scrape < end; scrape++) {
      for (int service = 0; service < services; service++) {
        live(service);
      }
      samples += encoder.samples();
      long arrival = START + scrape * STEP_MILLIS + ARRIVAL_MILLIS;
      records.add(record(partition, arrival, encoder.finish()));
    }
    return records;
  }

  /** An empty body in a partition, as a gateway writes it, a while after the last scrape. */
  ProducerRecord<byte[], byte[]> heartbeat(int inPartition) {
    return record(inPartition, START + scrape * STEP_MILLIS, encoder.finish());
  }

  /** A record of the metrics topic. */
  static ProducerRecord<byte[], byte[]> record(int partition, long arrival, byte[] value) {
    return new ProducerRecord<>(Topic.METRICS.topicName(), partition, arrival, null, value);
  }

  private void live(int service) {
    boolean broken = false;
    for (Fault fault : faults) {
      if (fault.absent(service, scrape)) {
        return;
      }
      broken |= fault.active(service, scrape);
    }
    double requests = 1500 + 60 * random.nextGaussian();
    double errors = broken ? 0.4 * requests : 0;
    double[] within = broken ? SLOW : HEALTHY;
    double[] total = totals[service];
    total[0] += Math.rint(requests - errors);
    total[1] += Math.rint(errors);
    total[2] += (broken ? 12 : 5) + 0.3 * random.nextGaussian();
    total[3] = 4e8 + 1e6 * random.nextGaussian();
    for (int i = 0; i < within.length; i++) {
      total[4 + i] += Math.rint(requests * within[i]);
    }
    long time = START + scrape * STEP_MILLIS;
    for (int n = 0; n < total.length; n++) {
      encoder.sample(labels.get(service).get(n), time, total[n]);
    }
  }
}
