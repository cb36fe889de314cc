// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.telemetry.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Samples of many series of all kinds, scrape by scrape, with anomalies, oddities, series that end
 * and series that begin.
 */
final class Traffic {
  static final long STEP = 15_000;

  /** One sample of one series. */
  record Event(int series, long time, long bits, @Nullable NativeHistogram histogram) {}

  private final Random random;
  private final List<Labels> labels = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<byte[]> labelBytes = new ArrayList<>();

  /** Gives the next sample of a series; null when it has none in this scrape. */
  private interface Source {
    @Nullable Event next(int scrape, long time);
  }

  Traffic(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      add("x", i, "", gauge(i));
      add("x_total", i, "", counter(i));
    }
    for (int i = 0; i < 3; i++) {
      double[][] observed = new double[1][];
      for (String le : new String[] {"0.1", "0.5", "10", "+Inf"}) {
        add("y_seconds_bucket", i, le, bucket(le, observed, i));
      }
      add("z_seconds", i, "", nativeHistogram(i));
    }
    add("x_info", 0, "", gauge(0));
  }

  private void add(String metric, int number, String le, Source source) {
    Labels of = Labels.of(Labels.NAME, metric, "job", "shop", "pod", "pod-" + number);
    labels.add(of.with("le", le));
    labelBytes.add(LabelBytes.write(of.with("le", le)));
    sources.add(source);
  }

  /** The metric of a sample; series of different metrics are no relatives. */
  String metric(Event event) {
    return labels.get(event.series).metric();
  }

  /** The samples of some scrapes, in the order of time. */
  List<Event> events(int scrapes) {
    List<Event> events = new ArrayList<>();
    for (int scrape = 0; scrape < scrapes; scrape++) {
      for (int series = 0; series < sources.size(); series++) {
        Event event = sources.get(series).next(scrape, Shard.START + scrape * STEP);
        if (event != null) {
          events.add(new Event(series, event.time, event.bits, event.histogram));
        }
      }
    }
    return events;
  }

  /** Announces the series of a sample and has it taken in. */
  void play(Event event, SeriesScorer scorer, SeriesTable table) {
    Labels of = labels.get(event.series);
    long hash = SeriesHash.of(of);
    int check = SeriesHash.checkOf(of);
    byte[] bytes = labelBytes.get(event.series);
    scorer.announce(table, hash, check, MetricKind.UNKNOWN, bytes);
    NativeHistogram histogram = event.histogram;
    if (histogram != null) {
      scorer.histogram(table, hash, check, event.time, histogram, event.time);
    } else {
      scorer.sample(table, hash, check, event.time, event.bits, event.time);
    }
  }

  void play(List<Event> events, SeriesScorer scorer, SeriesTable table) {
    events.forEach(event -> play(event, scorer, table));
  }

  private double load(int scrape, int number) {
    double load = 100 + 5 * random.nextGaussian();
    return scrape % 150 > 100 && scrape % 150 < 108 + number ? 3 * load : load;
  }

  private static Event event(long time, double value) {
    return new Event(0, time, Double.doubleToRawLongBits(value), null);
  }

  private Source gauge(int number) {
    return (scrape, time) -> {
      double value = load(scrape, number);
      int dice = random.nextInt(200);
      if (dice == 0 || (number == 5 && scrape > 50 && scrape < 90)) {
        return null;
      }
      if (dice == 1 || (number == 6 && scrape == 120)) {
        return new Event(0, time, StaleMarker.BITS, null);
      }
      return dice == 2 ? event(time - STEP, value) : event(time, dice == 3 ? Double.NaN : value);
    };
  }

  private Source counter(int number) {
    double[] counted = new double[1];
    return (scrape, time) -> {
      counted[0] = random.nextInt(150) == 0 ? 0 : counted[0] + 15 * load(scrape, number);
      return number == 7 && scrape < 40 ? null : event(time, counted[0]);
    };
  }

  private Source bucket(String le, double[][] observed, int number) {
    double[] counted = new double[1];
    return (scrape, time) -> {
      if (le.equals("0.1")) {
        double slow = scrape % 150 > 100 && scrape % 150 < 110 ? 90 : 0;
        observed[0] = new double[] {60 + number, random.nextInt(6), slow, random.nextInt(2)};
      }
      int upTo = List.of("0.1", "0.5", "10", "+Inf").indexOf(le);
      for (int i = 0; i <= upTo; i++) {
        counted[0] += observed[0][i];
      }
      return event(time, counted[0]);
    };
  }

  private Source nativeHistogram(int number) {
    double[] counted = new double[3];
    return (scrape, time) -> {
      counted[0] += 50 + number + random.nextInt(5);
      counted[1] += random.nextInt(3);
      counted[2] += scrape % 150 > 100 && scrape % 150 < 110 ? 80 : 0;
      NativeHistogram histogram = NativeSeriesTest.histogram(counted[0], counted[1], counted[2]);
      return new Event(0, time, 0, histogram);
    };
  }
}
