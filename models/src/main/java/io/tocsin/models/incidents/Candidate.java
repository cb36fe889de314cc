// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One subject and its departures: the heaviest of each metric and direction. */
final class Candidate {
  /** Of its heaviest pattern of lines: lines tell what metrics do not. */
  private static final double LINES_WEIGHT = 3;

  /** Of calls to it. */
  private static final double CALLED_WEIGHT = 1.2;

  /** Of calls by it, of which the callee may be the reason. */
  private static final double CALLING_WEIGHT = 0.5;

  /** Of whom only others tell. */
  private static final double HEARSAY_WEIGHT = 0.4;

  /** Each further metric of a subject adds less, since metrics of one subject move together. */
  private static final double DIMINISHING = 0.7;

  private static final Comparator<Weighed> HEAVIEST_FIRST =
      Comparator.comparingDouble(Weighed::weight)
          .reversed()
          .thenComparing(each -> each.departure().evidence().finding());

  /** A metric must have this part of the best one's weight to date its subject's departure. */
  private static final double DATING_PART = 0.5;

  private static final long LEAST_TOLERANCE = 15_000;

  /** A departure and what it says for its subject. */
  record Weighed(Departure departure, double weight) {}

  private Entity entity;
  private final Map<String, Weighed> own = new HashMap<>();
  private final Map<String, Weighed> felt = new HashMap<>();
  private final Map<String, Weighed> lines = new HashMap<>();
  private final Map<String, Weighed> asCallee = new HashMap<>();
  private final Map<String, Weighed> asCaller = new HashMap<>();
  private int callers;
  private int callees;
  private double explained;

  Candidate(Entity entity) {
    this.entity = entity.withoutInstance();
  }

  /** Its most telling name: that of a service before that of a workload. */
  Entity entity() {
    return entity;
  }

  /** Says that it is known by another name as well. */
  void alias(Entity other) {
    Entity name = other.withoutInstance();
    if (name.equals(entity)) {
      return;
    }
    entity = Subjects.MOST_TELLING_FIRST.compare(name, entity) < 0 ? name : entity;
  }

  /** Adds a departure of its own. */
  void add(Departure departure, double weight) {
    boolean line = departure.evidence().kind() == Evidence.Kind.LOG;
    Map<String, Weighed> part = line ? lines : departure.symptom() ? felt : own;
    put(part, departure.metric() + departure.direction(), new Weighed(departure, weight));
  }

  /** Adds calls to it that depart, by who calls. */
  void called(Departure departure, double weight) {
    put(asCallee, Subject.of(departure.entity()).text(), new Weighed(departure, weight));
  }

  /** Adds calls by it that depart, by who is called. */
  void calls(Departure departure, Entity callee, double weight) {
    put(asCaller, Subject.of(callee).text(), new Weighed(departure, weight));
  }

  private static void put(Map<String, Weighed> part, String key, Weighed weighed) {
    part.merge(key, weighed, (a, b) -> HEAVIEST_FIRST.compare(a, b) <= 0 ? a : b);
  }

  /** Says how many call it, and how many it calls, as far as it is known. */
  void neighbours(int calling, int called) {
    callers = calling;
    callees = called;
  }

  /** Says that so much, a part of 1, of what is felt is explained by somebody whom it calls. */
  void explain(double part) {
    explained = Math.max(explained, part);
  }

  /** What speaks for it. */
  double severity() {
    boolean hearsay = all().size() == asCallee.size();
    return sum(own)
        + LINES_WEIGHT * heaviest(lines.values())
        + (hearsay ? HEARSAY_WEIGHT : 1) * (1 - explained) * felt();
  }

  private static double heaviest(Collection<Weighed> part) {
    return part.stream().mapToDouble(Weighed::weight).max().orElse(0);
  }

  /**
   * What callers feel as well, or what it may log because of those that it calls. Of calls it
   * matters how many of all callers see them: who alone is slow to call is slow itself.
   */
  double felt() {
    return sum(felt)
        + CALLED_WEIGHT * mean(asCallee.values(), callers)
        + CALLING_WEIGHT * mean(asCaller.values(), callees);
  }

  private static double mean(Collection<Weighed> calls, int all) {
    double sum = calls.stream().mapToDouble(Weighed::weight).sorted().sum();
    return calls.isEmpty() ? 0 : sum / Math.max(calls.size(), all);
  }

  private static double sum(Map<String, Weighed> part) {
    double sum = 0;
    double share = 1;
    for (Weighed each : part.values().stream().sorted(HEAVIEST_FIRST).toList()) {
      sum += share * each.weight();
      share *= DIMINISHING;
    }
    return sum;
  }

  /** All that speaks for it, the heaviest first. */
  List<Weighed> all() {
    List<Weighed> all = new ArrayList<>(own.values());
    all.addAll(felt.values());
    all.addAll(lines.values());
    all.addAll(asCallee.values());
    all.addAll(asCaller.values());
    all.sort(HEAVIEST_FIRST);
    return all;
  }

  /** Whether its heaviest lines that came, or came more, say that the cause is outside. */
  boolean speaksOfOutside() {
    double least = DATING_PART * heaviest(lines.values());
    return lines.values().stream()
        .filter(each -> each.weight() >= least)
        .map(each -> each.departure().evidence())
        .anyMatch(each -> each.direction() == Direction.UP && Outside.speaksIn(each));
  }

  /** When the earliest of what is heavy in it began, ms since the epoch. */
  long onset() {
    List<Weighed> all = all();
    double least = all.get(0).weight() * DATING_PART;
    return all.stream()
        .filter(each -> each.weight() >= least)
        .mapToLong(each -> each.departure().onset())
        .min()
        .orElseThrow();
  }

  /** Onsets closer than this cannot be told apart, ms: two intervals of its slowest series. */
  long tolerance() {
    long interval = 0;
    for (Weighed each : all()) {
      interval = Math.max(interval, each.departure().interval());
    }
    return Math.max(LEAST_TOLERANCE, 2 * interval);
  }
}
