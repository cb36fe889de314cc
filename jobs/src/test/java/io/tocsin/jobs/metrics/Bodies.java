// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small fleet of services as one Prometheus would send it: every scrape one body. From a given
 * scrape on, one service answers with errors and its processor is busy, until another one.
 */
final class Bodies {
  static final long START = 1_760_000_000_000L;
  static final long STEP = 15_000;

  /** Targets are scraped one after the other, and a body is sent a while after the last. */
  static final long SPREAD = 2_000;

  private final List<byte[]> labels = new ArrayList<>();
  private final double[] totals;
  private final int services;
  private final Random random;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);

  /** What is wrong: a service, from one scrape until before another. */
  record Fault(int service, int from, int until) {
    boolean active(int service, int scrape) {
      return service == this.service && scrape >= from && scrape < until;
    }
  }

  Bodies(int services, long seed) {
    this.services = services;
    this.random = new Random(seed);
    for (int service = 0; service < services; service++) {
      add("http_requests_total", service, "code", "200");
      add("http_requests_total", service, "code", "500");
      add("process_cpu_seconds_total", service, "container", "app");
      add("process_resident_memory_bytes", service, "container", "app");
    }
    totals = new double[labels.size()];
  }

  private void add(String metric, int service, String label, String value) {
    labels.add(
        RemoteWriteEncoder.encodeLabels(
            Labels.of(
                Labels.NAME,
                metric,
                "namespace",
                "shop",
                "service",
                "service-" + service,
                label,
                value)));
  }

  /** The snappy-compressed bodies of so many scrapes. */
  List<byte[]> scrapes(int count, Fault fault) {
    List<byte[]> bodies = new ArrayList<>(count);
    for (int scrape = 0; scrape < count; scrape++) {
      for (int service = 0; service < services; service++) {
        sample(scrape, service, fault.active(service, scrape));
      }
      bodies.add(encoder.finish());
    }
    return bodies;
  }

  private void sample(int scrape, int service, boolean broken) {
    int at = service * 4;
    double requests = 1500 + 100 * random.nextGaussian();
    totals[at] += broken ? requests * 0.6 : requests;
    totals[at + 1] += broken ? requests * 0.4 : 0;
    totals[at + 2] += (broken ? 12 : 5) + 0.3 * random.nextGaussian();
    totals[at + 3] = 4e8 + 1e6 * random.nextGaussian();
    long time = START + scrape * STEP + service % 3 * SPREAD;
    for (int n = at; n < at + 4; n++) {
      encoder.sample(labels.get(n), time, totals[n]);
    }
  }

  /** The batches that the source makes of bodies. */
  static List<ShardBatch> batches(List<byte[]> bodies) {
    SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    DecodedBody decoded = new DecodedBody();
    ShardSplitter splitter = new ShardSplitter();
    List<ShardBatch> batches = new ArrayList<>();
    for (byte[] body : bodies) {
      if (snappy.decode(body, 0, body.length) != null
          || decoder.decode(snappy.bytes(), 0, snappy.length(), Protocol.V1, decoded) != null) {
        throw new IllegalStateException("a generated body must be readable");
      }
      splitter.split(decoded, snappy.bytes(), decoded.latest() + SPREAD, batches::add);
    }
    return batches;
  }
}
