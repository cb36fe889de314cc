// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.fleet;

import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pods as several Prometheus would send them: containers, a runtime, a service with a classic
 * histogram. Each series has about seven labels and a noise of its own; from a certain scrape on,
 * some go up to a hundred times of what they were. A body holds what was scraped at one time; the
 * bodies of a scrape are spread over the interval, as Prometheus spreads its targets.
 */
public final class Fleet {
  public static final int SERIES_PER_POD = 50;

  /** The first of a pod; the rest is a histogram. */
  private static final int SINGLE_SERIES = 36;

  /**
   * The factor by which a broken series goes up. The 200 series of a service share its budget of
   * alarms, so a single one counts only when it is 200 times as rare as the boundary; and of a tail
   * that was learned from some dozens of samples little is known. What goes up to four times is
   * then weak evidence, by design.
   */
  private static final double BROKEN = 100;

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
    /** Of a histogram: each holds those before it. */
    BUCKET
  }

  /** A series: its labels on the wire, how its value moves, and where it is now. */
  private static final class Line {
    private final byte[] labels;
    private final Shape shape;
    private final double level;
    private @Nullable Line before;
    private @Nullable Labels broken;
    private int brokenFrom = Integer.MAX_VALUE;
    private double increase;
    private double value;

    Line(byte[] labels, Shape shape, double level) {
      this.labels = labels;
      this.shape = shape;
      this.level = level;
    }

    /** Moves to the next scrape, so many usual intervals after the last. */
    void move(double factor, double intervals) {
      double now = level * factor;
      if (shape == Shape.GAUGE) {
        value = now;
        return;
      }
      increase = Math.max(0, Math.rint(now)) * intervals + (before == null ? 0 : before.increase);
      value += increase;
    }
  }

  /** Takes the bodies of the fleet. */
  public interface Sink {
    /**
     * One body.
     *
     * @param sender its number, from 0
     * @param time at which all its samples were scraped, ms since the epoch
     * @param body compressed
     */
    void body(int sender, long time, byte[] body);
  }

  /** Says when a body is scraped; returns not before it is to be sent. */
  public interface Clock {
    /** The time of a body that the schedule has at this time; both in ms since the epoch. */
    long time(long scheduled);
  }

  private final FleetSettings settings;
  private final Schedule schedule;
  private final long start;
  private final List<List<Line>> senders = new ArrayList<>();
  private final Map<Labels, Long> broken = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final RemoteWriteEncoder encoder;
  private int series;
  private int counters;
  private int brokenSeries;

  /** A fleet whose first scrape is at this time. */
  public Fleet(FleetSettings settings, Schedule schedule, long start) {
    this.settings = settings;
    this.schedule = schedule;
    this.start = start;
    random = new SplittableRandom(settings.seed());
    encoder = new RemoteWriteEncoder(settings.protocol());
    for (int sender = 0; sender < settings.senders(); sender++) {
      senders.add(new ArrayList<>());
    }
    for (int pod = 0; pod < settings.pods(); pod++) {
      new Pod(pod).build(senders.get(pod % settings.senders()));
    }
  }

  public int series() {
    return series;
  }

  /** How many series are counters by themselves, whose first sample only begins a rate. */
  public int counters() {
    return counters;
  }

  /** How many series go up at some time. */
  public int brokenSeries() {
    return brokenSeries;
  }

  /** The series that have gone up, and when, in ms since the epoch. */
  public Map<Labels, Long> broken() {
    return broken;
  }

  /** Sends one scrape of all series at the time that the schedule has for it. */
  public void send(int scrape, Sink sink) {
    send(scrape, scheduled -> scheduled, sink);
  }

  /** Sends one scrape of all series, the senders taking turns. */
  public void send(int scrape, Clock clock, Sink sink) {
    int bodies = bodiesOf(senders.get(0));
    for (int body = 0; body < bodies; body++) {
      long offset = schedule.offsetOf(scrape) + schedule.stepMillis() * body / bodies;
      for (int sender = 0; sender < senders.size(); sender++) {
        if (body < bodiesOf(senders.get(sender))) {
          long time = clock.time(start + offset);
          sink.body(sender, time, encode(senders.get(sender), body, scrape, time));
        }
      }
    }
  }

  private int bodiesOf(List<Line> lines) {
    return (lines.size() + settings.samplesPerBody() - 1) / settings.samplesPerBody();
  }

  private byte[] encode(List<Line> lines, int body, int scrape, long time) {
    int from = body * settings.samplesPerBody();
    int until = Math.min(lines.size(), from + settings.samplesPerBody());
    double intervals = schedule.intervalsBefore(scrape);
    for (Line line : lines.subList(from, until)) {
      boolean up = scrape >= line.brokenFrom;
      if (up && line.broken != null) {
        broken.putIfAbsent(line.broken, time);
      }
      line.move((up ? BROKEN : 1) * (1 + NOISE * random.nextGaussian()), intervals);
      encoder.sample(line.labels, time, line.value);
    }
    return encoder.finish();
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
      Line last = null;
      for (int i = 0; i < BOUNDS.length; i++) {
        double part = WITHIN[i] - before;
        before = WITHIN[i];
        Line line =
            line(Shape.BUCKET, 600 * part, "http_request_duration_seconds_bucket", BOUNDS[i]);
        line.before = last;
        last = line;
        lines.add(line);
      }
      add(lines, Shape.COUNTER, 90, "http_request_duration_seconds_sum", "");
      add(lines, Shape.COUNTER, 600, "http_request_duration_seconds_count", "");
    }

    private void add(List<Line> lines, Shape shape, double level, String metric, String part) {
      lines.add(line(shape, level, metric, part));
    }

    private Line line(Shape shape, double level, String metric, String value) {
      TreeMap<String, String> labels = new TreeMap<>(common);
      labels.put(Labels.NAME, metric);
      labels.put(shape == Shape.BUCKET ? "le" : "part", value.isEmpty() ? "all" : value);
      Labels all = Labels.of(labels);
      double own = level * (0.5 + random.nextDouble());
      Line line = new Line(RemoteWriteEncoder.encodeLabels(all), shape, own);
      if (lineNumber++ == brokenLine) {
        line.broken = all;
        line.brokenFrom = schedule.brokenFrom() + brokenSeries++ % schedule.brokenDuring();
      }
      if (shape == Shape.COUNTER) {
        counters++;
      }
      series++;
      return line;
    }
  }
}
