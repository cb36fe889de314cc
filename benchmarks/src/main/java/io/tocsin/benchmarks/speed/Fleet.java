// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Pods as several Prometheus would send them: containers, a runtime, a service with a classic
 * histogram. Each series has about seven labels and a noise of its own; from a certain scrape on,
 * some go up to four times of what they were.
 */
final class Fleet {
  static final int SERIES_PER_POD = 50;

  /** The first of a pod; the rest is a histogram. */
  private static final int SINGLE_SERIES = 36;

  static final long STEP_MILLIS = 15_000;

  /** The factor by which a broken series goes up. */
  private static final double BROKEN = 4;

  private static final double NOISE = 0.05;

  private static final String[] BOUNDS = {
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"
  };

  /** Which part of the requests takes no longer than each bound. */
  private static final double[] WITHIN = {
    0.05, 0.15, 0.35, 0.55, 0.75, 0.9, 0.96, 0.985, 0.995, 0.998, 0.9995, 1
  };

  private enum Shape {
    GAUGE,
    COUNTER,
    /** The first of a histogram; the others follow it, and each holds those before it. */
    FIRST_BUCKET,
    BUCKET
  }

  /** A series: its labels on the wire, how its value moves, and where it is now. */
  private static final class Line {
    private final byte[] labels;
    private final Shape shape;
    private final double level;
    private final boolean broken;
    private double value;

    Line(byte[] labels, Shape shape, double level, boolean broken) {
      this.labels = labels;
      this.shape = shape;
      this.level = level;
      this.broken = broken;
    }
  }

  /** Takes the bodies of the fleet. */
  interface Sink {
    /**
     * One body.
     *
     * @param sender its number, from 0
     * @param time of the scrape that all its samples are of, ms since the epoch
     * @param body compressed
     */
    void body(int sender, long time, byte[] body);
  }

  private final FleetSettings settings;
  private final long start;
  private final List<List<Line>> senders = new ArrayList<>();
  private final Set<Labels> broken = new LinkedHashSet<>();
  private final SplittableRandom random;
  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
  private int series;
  private int counters;

  /** A fleet whose first scrape is at this time. */
  Fleet(FleetSettings settings, long start) {
    this.settings = settings;
    this.start = start;
    random = new SplittableRandom(settings.seed());
    for (int sender = 0; sender < settings.senders(); sender++) {
      senders.add(new ArrayList<>());
    }
    for (int pod = 0; pod < settings.pods(); pod++) {
      new Pod(pod).build(senders.get(pod % settings.senders()));
    }
  }

  int series() {
    return series;
  }

  /** How many series are counters by themselves, whose first sample only begins a rate. */
  int counters() {
    return counters;
  }

  long samples() {
    return (long) series * settings.scrapes();
  }

  /** The series that go up. */
  Set<Labels> broken() {
    return broken;
  }

  /** When they do, ms since the epoch. */
  long brokenFrom() {
    return start + settings.firstBrokenScrape() * STEP_MILLIS;
  }

  /** Sends all scrapes, in the order of time. */
  void send(Sink sink) {
    for (int scrape = 0; scrape < settings.scrapes(); scrape++) {
      for (int sender = 0; sender < senders.size(); sender++) {
        send(scrape, sender, sink);
      }
    }
  }

  private void send(int scrape, int sender, Sink sink) {
    long time = start + scrape * STEP_MILLIS;
    boolean fault = scrape >= settings.firstBrokenScrape();
    double cumulated = 0;
    for (Line line : senders.get(sender)) {
      double now = line.level * (fault && line.broken ? BROKEN : 1);
      double noisy = now * (1 + NOISE * random.nextGaussian());
      switch (line.shape) {
        case GAUGE -> line.value = noisy;
        case COUNTER -> line.value += Math.max(0, Math.rint(noisy));
        case FIRST_BUCKET, BUCKET -> {
          double before = line.shape == Shape.BUCKET ? cumulated : 0;
          cumulated = before + Math.max(0, Math.rint(noisy));
          line.value += cumulated;
        }
      }
      encoder.sample(line.labels, time, line.value);
      if (encoder.samples() == settings.samplesPerBody()) {
        sink.body(sender, time, encoder.finish());
      }
    }
    if (encoder.samples() > 0) {
      sink.body(sender, time, encoder.finish());
    }
  }

  /** The series of one pod. */
  private final class Pod {
    private final TreeMap<String, String> common = new TreeMap<>();

    /** Which of its series goes up; -1 for none. Never one of the histogram. */
    private final int brokenLine;

    private int lineNumber;

    Pod(int number) {
      int every = (int) Math.max(1, Math.round(1 / (settings.brokenPart() * SERIES_PER_POD)));
      brokenLine = number % every == 0 ? number / every % SINGLE_SERIES : -1;
      int service = number / 4;
      common.put("cluster", "eu-1");
      common.put("namespace", "team-" + service % 20);
      common.put("job", "service-" + service);
      common.put("pod", "service-%d-7d9f8b6c54-x%04d".formatted(service, number));
      common.put("instance", "10.0.%d.%d:8080".formatted(number / 250, number % 250));
    }

    void build(List<Line> lines) {
      for (String container : new String[] {"app", "proxy"}) {
        add(lines, Shape.COUNTER, 5e7, "container_network_receive_bytes_total", container);
        add(lines, Shape.COUNTER, 4e7, "container_network_transmit_bytes_total", container);
        add(lines, Shape.COUNTER, 60, "container_cpu_usage_seconds_total", container);
        add(lines, Shape.GAUGE, 4e8, "container_memory_working_set_bytes", container);
        add(lines, Shape.GAUGE, 300, "process_open_fds", container);
      }
      for (String code : new String[] {"200", "201", "204", "301", "400", "404"}) {
        add(lines, Shape.COUNTER, 900, "http_requests_total", code);
      }
      for (String pool : new String[] {"eden", "survivor", "old", "metaspace", "code", "direct"}) {
        add(lines, Shape.GAUGE, 2e8, "jvm_memory_pool_used_bytes", pool);
        add(lines, Shape.COUNTER, 8e6, "cache_evicted_bytes_total", pool);
      }
      for (String queue : new String[] {"mail", "orders", "audit", "export"}) {
        add(lines, Shape.GAUGE, 700, "worker_queue_length", queue);
        add(lines, Shape.COUNTER, 400, "worker_jobs_done_total", queue);
      }
      histogram(lines);
    }

    private void histogram(List<Line> lines) {
      double before = 0;
      for (int i = 0; i < BOUNDS.length; i++) {
        double part = WITHIN[i] - before;
        before = WITHIN[i];
        Shape shape = i == 0 ? Shape.FIRST_BUCKET : Shape.BUCKET;
        add(lines, shape, 600 * part, "http_request_duration_seconds_bucket", BOUNDS[i]);
      }
      add(lines, Shape.COUNTER, 90, "http_request_duration_seconds_sum", "");
      add(lines, Shape.COUNTER, 600, "http_request_duration_seconds_count", "");
    }

    private void add(List<Line> lines, Shape shape, double level, String metric, String value) {
      TreeMap<String, String> labels = new TreeMap<>(common);
      labels.put(Labels.NAME, metric);
      boolean bucket = shape == Shape.FIRST_BUCKET || shape == Shape.BUCKET;
      labels.put(bucket ? "le" : "part", value.isEmpty() ? "all" : value);
      Labels all = Labels.of(labels);
      boolean breaks = lineNumber++ == brokenLine;
      if (breaks) {
        broken.add(all);
      }
      if (shape == Shape.COUNTER) {
        counters++;
      }
      series++;
      double own = level * (0.5 + random.nextDouble());
      lines.add(new Line(RemoteWriteEncoder.encodeLabels(all), shape, own, breaks));
    }
  }
}
