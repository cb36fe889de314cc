// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.IncidentSettings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs said of a case, beside the ranking.
 *
 * @param incident the one of the failure, as it was told last by the end of the case; null when
 *     there is none
 * @param before how many incidents had been opened before the failure
 * @param ranked what the ranking says by the findings of the detector
 * @param published what it says by those that the metrics job has published
 */
record JobVerdict(
    PlayedCase played, @Nullable Incident incident, int before, Answer ranked, Answer published) {
  /** What was found at the end is told within this time. */
  private static final long UPDATE = IncidentSettings.DEFAULTS.updateInterval().toMillis();

  /** A failure may have begun so long before somebody said so. */
  private static final long EARLIER = IncidentSettings.DEFAULTS.window().toMillis();

  private static final int FIRST = 3;
  private static final String NOBODY = "nobody";

  /**
   * Finds a case's incident, and asks the ranking.
   *
   * @param transitions of all cases, in order
   * @param findings of all cases
   */
  static JobVerdict of(PlayedCase played, List<Incident> transitions, JobFindings findings) {
    List<Incident> its =
        transitions.stream()
            .filter(each -> each.entity().cluster().equals(played.place()))
            .filter(each -> each.time() <= played.until() + UPDATE)
            .toList();
    FailureCase failure = played.failure();
    return new JobVerdict(
        played,
        ofFailure(played, its),
        (int)
            its.stream()
                .filter(each -> each.transition() == Transition.OPENED)
                .filter(each -> each.opened() < played.time() - EARLIER)
                .count(),
        new ShippedRanker().rank(failure, Detection.withoutLines(failure), failure.until()),
        new ShippedRanker().rank(failure, findings.departures(played), failure.until()));
  }

  /**
   * The incident that a user would look into: one that has in it where users felt the failure,
   * rather one that was opened since than one that lasted then; else any that was opened since, or
   * shortly before and lasted then; the earliest of them.
   */
  private static @Nullable Incident ofFailure(PlayedCase played, List<Incident> transitions) {
    Map<String, Incident> last = new LinkedHashMap<>();
    for (Incident each : transitions) {
      if (each.transition() != Transition.RESOLVED) {
        last.put(each.id(), each);
      } else if (each.closed() < played.time()) {
        last.remove(each.id());
      }
    }
    FailureCase.Symptom symptom = played.failure().symptom();
    String felt = symptom == null ? "" : symptom.entity().subject();
    return last.values().stream()
        .filter(each -> each.opened() >= played.time() - EARLIER || has(each, felt))
        .min(
            Comparator.comparing((Incident each) -> !has(each, felt))
                .thenComparing(each -> each.opened() < played.time())
                .thenComparingLong(Incident::opened))
        .orElse(null);
  }

  private static boolean has(Incident incident, String service) {
    return incident.grouping().members().stream()
        .anyMatch(each -> each.entity().subject().equals(service));
  }

  boolean opened() {
    return incident != null;
  }

  /** Names of services, the most probable first; empty without incident or suspect. */
  List<String> suspects() {
    return incident == null
        ? List.of()
        : incident.suspects().stream().map(each -> each.entity().subject()).toList();
  }

  /** Whether the ranking names the same first three by what the metrics job found. */
  boolean sameFindings() {
    return published.named() == ranked.named()
        && firstOf(published.services()).equals(firstOf(ranked.services()));
  }

  private static List<String> firstOf(List<String> services) {
    return services.subList(0, Math.min(FIRST, services.size()));
  }

  /** Whether the first that the jobs name is the first that the ranking names. */
  boolean agrees() {
    return first(suspects()).equals(named());
  }

  private String named() {
    return ranked.named() ? first(ranked.services()) : NOBODY;
  }

  private static String first(List<String> names) {
    return names.isEmpty() ? NOBODY : names.get(0);
  }

  /** From the failure to the incident, event time; 0 when it lasted then, NaN without any. */
  double seconds() {
    return incident == null
        ? Double.NaN
        : Math.max(0, (incident.opened() - played.time()) / 1000.0);
  }

  /** In one line. */
  @Override
  public String toString() {
    String jobs =
        incident == null
            ? "no incident"
            : String.format(
                Locale.ROOT, "an incident after %.0f s names %s", seconds(), first(suspects()));
    return "%s, caused by %s: %s, the ranking by findings names %s%s"
        .formatted(
            played.failure().name(),
            String.join(" or ", played.failure().truth().services().stream().sorted().toList()),
            jobs,
            named(),
            before == 0 ? "" : "; incidents before the failure: " + before);
  }
}
