// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.rules.Rules;
import io.tocsin.models.telemetry.MetricKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the ways in which a script is played: the outcome must be the same in all of them.
 *
 * @param seed of the noise
 * @param step time between two samples
 * @param kind of the metric: a gauge has its values, a counter grows by them
 */
record Way(long seed, Duration step, MetricKind kind) {
  static final Duration QUICK = Duration.ofSeconds(15);
  static final Duration SLOW = Duration.ofSeconds(60);

  /** Both kinds at both intervals, with three seeds where samples are few, else two. */
  static List<Way> all() {
    List<Way> all = new ArrayList<>();
    for (MetricKind kind : List.of(MetricKind.GAUGE, MetricKind.COUNTER)) {
      for (long seed = 1; seed <= 3; seed++) {
        all.add(new Way(seed, SLOW, kind));
        if (seed <= 2) {
          all.add(new Way(seed, QUICK, kind));
        }
      }
    }
    return all;
  }

  static List<Way> gauges() {
    return all().stream().filter(way -> way.kind == MetricKind.GAUGE).toList();
  }

  static List<Way> counters() {
    return all().stream().filter(way -> way.kind == MetricKind.COUNTER).toList();
  }

  /** Those of the slow interval, for scripts over many weeks. */
  static List<Way> slow() {
    return all().stream().filter(way -> way.step.equals(SLOW)).toList();
  }

  Script script() {
    return script(List.of());
  }

  /** A script in which these rules hold before the usual ones. */
  Script script(List<MetricRule> rules) {
    return new Script(this, Rules.of(rules));
  }
}
