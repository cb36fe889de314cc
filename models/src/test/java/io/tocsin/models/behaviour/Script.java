// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import io.tocsin.models.rules.Rules;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.series.Shard;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A play of samples, part by part, with what is shipped as its audience: begins on a Monday at
 * midnight, sends what its sources show at each step, and sweeps as the job does.
 */
final class Script {
  /** A Monday, midnight. */
  static final long MONDAY = 1_699_833_600_000L;

  /** How the samples of one scrape reach the shard. */
  interface Delivery {
    void deliver(Source source, long time, double value);
  }

  private final Shard shard;
  private final List<Source> sources = new ArrayList<>();
  private final Noise noise;
  private final MetricKind kind;
  private Delivery delivery = (source, time, value) -> source.send(time, value, time);
  private long replica;
  private long step;
  private long next = MONDAY;
  private long sweep = MONDAY;

  Script(Way way, Rules rules) {
    shard = new Shard(SeriesSettings.DEFAULTS, rules);
    noise = new Noise(way.seed());
    kind = way.kind();
    step = way.step().toMillis();
    source("job", "shop", "instance", "10.0.0.1:80");
  }

  /** One more series of the script's kind. */
  Source source(String... labels) {
    String metric = "work" + sources.size() + (kind == MetricKind.COUNTER ? "_total" : "");
    return named(metric, labels);
  }

  /** One more series of this name. */
  Source named(String metric, String... labels) {
    Source source = new Source(shard, Labels.of(labels).with(Labels.NAME, metric), kind);
    sources.add(source);
    return source;
  }

  /** The series that most scripts are about. */
  Source series() {
    return sources.get(0);
  }

  /** All series there are. */
  List<Source> sources() {
    return List.copyOf(sources);
  }

  /** Time of the next sample. */
  long next() {
    return next;
  }

  Script every(Duration interval) {
    step = interval.toMillis();
    return this;
  }

  Script delivered(Delivery by) {
    delivery = by;
    return this;
  }

  /** A second sender scrapes too, that much after the first. */
  Script scrapedAgainAfter(Duration offset) {
    replica = offset.toMillis();
    return this;
  }

  /** The second sender is gone. */
  Script scrapedOnce() {
    replica = 0;
    return this;
  }

  /** The series looks so for a while. */
  Script plays(Duration length, Shape shape) {
    series().is(shape, next);
    return runs(length);
  }

  /** All go on as they are. */
  Script runs(Duration length) {
    long end = next + length.toMillis();
    for (; next < end; next += step) {
      scrape(next);
      if (replica > 0) {
        scrape(next + replica);
      }
    }
    return this;
  }

  private void scrape(long time) {
    sweepBefore(time);
    for (Source source : sources) {
      if (source.sends()) {
        delivery.deliver(source, time, source.read(time, noise));
      }
    }
  }

  /** One sample with this value, be it a number or not, instead of what would have come. */
  Script sends(double value) {
    sweepBefore(next);
    series().read(next, noise);
    series().send(next, value, next);
    next += step;
    return this;
  }

  /** Nothing comes for a while, and what is counted is counted on. */
  Script isSilent(Duration length) {
    next += length.toMillis();
    return this;
  }

  /** The process behind the series begins anew: what is counted starts from zero. */
  Script resets() {
    series().resets();
    return this;
  }

  /** Each of the sources that send says that it is gone, and sends no more. */
  Script endsWithGoodbye(List<Source> which) {
    sweepBefore(next);
    for (Source source : which) {
      source.stops();
      source.saysGoodbye(next);
    }
    return this;
  }

  /** The scorer is stopped and started again from its snapshot. */
  Script restarts() {
    try {
      shard.restore();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What was learned so far, as a checkpoint holds it. */
  byte[] snapshot() {
    return shard.bytes();
  }

  /** What has been told by now. */
  Told told() {
    sweepBefore(next);
    return new Told(shard.findings, step);
  }

  private void sweepBefore(long time) {
    while (sweep < time) {
      shard.scorer.sweep(shard.table, sweep);
      sweep += SeriesScorer.SWEEP_MILLIS;
    }
  }
}
