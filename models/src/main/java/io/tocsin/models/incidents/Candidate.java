// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One subject's departures: the heaviest of each metric and direction. */
final class Candidate {
  static final Comparator<Weighed> HEAVIEST_FIRST =
      Comparator.comparingDouble(Weighed::weight)
          .reversed()
          .thenComparing(each -> each.departure().evidence().finding());

  /** Each further metric of a subject adds less, since metrics of one subject move together. */

  /** A metric must have this part of the best one's weight to date its subject's departure. */
  private static final double DATING_PART = 0.5;

  private static final long LEAST_TOLERANCE = 15_000;

  /** A departure and what it says for its subject. */
  record Weighed(Departure departure, double weight) {}

  private final Entity entity;
  private final Map<String, Weighed> own = new HashMap<>();
  private final Map<String, Weighed> felt = new HashMap<>();
  private final Map<String, Weighed> lines = new HashMap<>();
  private final Map<String, Weighed> calls = new HashMap<>();
  private final Map<String, Double> in = new HashMap<>();
  private final Map<String, Double> out = new HashMap<>();
  private double explained;
  int callers = 1, callees = 1;

  Candidate(Entity entity) { this.entity = entity; }

  void add(Departure departure, double weight) {
    Map<String, Weighed> kind = departure.evidence().kind() == Evidence.Kind.LOG ? lines : departure.symptom() ? felt : own;
    put(kind, departure.metric() + (departure.direction() == Direction.UP ? "+" : "-"), departure, weight);
  }
  private static void put(Map<String, Weighed> kind, String key, Departure departure, double weight) {
    kind.merge(key, new Weighed(departure, weight), (a, b) -> HEAVIEST_FIRST.compare(a, b) <= 0 ? a : b);
  }
  void call(Departure d, double weight, boolean asCallee) {
    put(calls, d.entity() + ">" + d.peer() + d.metric(), d, weight);
    (asCallee ? in : out).merge((asCallee ? d.entity() : d.peer()).toString(), weight, Math::max);
  }

  /** What of it callers feel as well. */
  double felt() {
    return sum(felt) + edges();
  }
  double edges() {
    return Tune.p("inw", 1) * in.values().stream().mapToDouble(x -> x).sum() / Math.max(in.size(), Math.max(1, callers))
      + Tune.p("outw", 0.5) * out.values().stream().mapToDouble(x -> x).sum() / Math.max(out.size(), Math.max(1, callees));
  }

  void explain(double part) {
    explained = Math.max(explained, part);
  }

  double severity() {
    return sum(own) + Tune.p("logw", 1) * top(lines) + (1 - explained) * felt();
  }

  private static double top(Map<String, Weighed> side) {
    return side.values().stream().mapToDouble(Weighed::weight).max().orElse(0);
  }

  private static double sum(Map<String, Weighed> side) {
    double sum = 0;
    double part = 1;
    for (Weighed each : side.values().stream().sorted(HEAVIEST_FIRST).toList()) {
      sum += part * each.weight();
      part *= Tune.p("dim", 0.7);
    }
    return sum;
  }

  /** All of it, the heaviest first. */
  List<Weighed> all() {
    List<Weighed> all = new ArrayList<>(own.values());
    all.addAll(felt.values());
    all.addAll(lines.values());
    all.addAll(calls.values());
    all.sort(HEAVIEST_FIRST);
    return all;
  }

  long onset() {
    List<Weighed> all = all();
    double least = all.get(0).weight() * DATING_PART;
    return all.stream()
        .filter(each -> each.weight() >= least)
        .mapToLong(each -> each.departure().onset())
        .min()
        .orElseThrow();
  }

  /** Onsets closer than a sample's interval cannot be told apart. */
  long tolerance() {
    long interval = 0;
    for (Weighed each : all()) {
      interval = Math.max(interval, each.departure().interval());
    }
    return Math.max(LEAST_TOLERANCE, interval);
  }

  Entity entity() { return entity; }
}
