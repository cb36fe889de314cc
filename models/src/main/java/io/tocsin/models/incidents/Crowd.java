// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What many do at once is no clue: how far a metric departs where many subjects have it depart. */
final class Crowd {
  /** The part of all subjects that is many. */
  private static final double MANY = 0.25;

  /** A chain of callers is no crowd. */
  private static final int LEAST_MANY = 5;

  private final Map<String, Double> severities = new HashMap<>();

  Crowd(List<Departure> departures, Subjects subjects) {
    Map<String, Map<String, Double>> metrics = new HashMap<>();
    Set<String> all = new HashSet<>();
    for (Departure each : departures) {
      String subject = subjects.of(each.entity()).text();
      all.add(subject);
      if (each.evidence().kind() != Evidence.Kind.LOG) {
        metrics
            .computeIfAbsent(key(each), any -> new HashMap<>())
            .merge(subject + peer(each.peer()), each.severity(), Math::max);
      }
    }
    int many = Math.max(LEAST_MANY, (int) Math.ceil(MANY * all.size()));
    metrics.forEach(
        (metric, of) ->
            of.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(many)
                .findFirst()
                .ifPresent(severity -> severities.put(metric, severity)));
  }

  /** The severity of a departure beside that of many. */
  double beside(Departure departure) {
    double usual = severities.getOrDefault(key(departure), 0.0);
    return departure.severity() / Math.max(1, usual / SuspectRanking.BOUNDARY);
  }

  private static String peer(@Nullable Entity peer) {
    return peer == null ? "" : Subject.of(peer).text();
  }

  private static String key(Departure departure) {
    return departure.metric() + departure.direction() + (departure.peer() == null ? "" : " calls");
  }
}
