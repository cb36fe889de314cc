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

  /** Three seeds, both intervals, both kinds. */
  static List<Way> all() {
    List<Way> all = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (Duration step : List.of(QUICK, SLOW)) {
        all.add(new Way(seed, step, MetricKind.GAUGE));
        all.add(new Way(seed, step, MetricKind.COUNTER));
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
