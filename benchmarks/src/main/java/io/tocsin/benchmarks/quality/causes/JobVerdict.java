// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.IncidentSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs said of a case, beside the ranking.
 *
 * @param incident the last that was told, up to the end of the case, of the incident that was
 *     opened first at the failure or later; null when none was
 * @param before how many incidents had been opened before the failure
 * @param suspects of that incident, names of services, the most probable first
 * @param ranked what the ranking says by the findings of the detector; empty when nobody stands out
 */
record JobVerdict(
    PlayedCase played,
    @Nullable Incident incident,
    int before,
    List<String> suspects,
    List<String> ranked) {
  /** What was found at the end is told within this time. */
  private static final long UPDATE = IncidentSettings.DEFAULTS.updateInterval().toMillis();

  JobVerdict {
    suspects = List.copyOf(suspects);
    ranked = List.copyOf(ranked);
  }

  /**
   * Finds a case's incident.
   *
   * @param transitions of all cases, in order
   */
  static JobVerdict of(PlayedCase played, List<Incident> transitions) {
    List<Incident> its =
        transitions.stream()
            .filter(each -> each.entity().cluster().equals(played.place()))
            .filter(each -> each.time() <= played.until() + UPDATE)
            .filter(each -> each.transition() != Transition.RESOLVED)
            .toList();
    List<Incident> opened =
        its.stream().filter(each -> each.transition() == Transition.OPENED).toList();
    Incident last =
        opened.stream()
            .filter(each -> each.opened() >= played.time())
            .min(Comparator.comparingLong(Incident::opened))
            .map(first -> last(its, first.id()))
            .orElse(null);
    FailureCase failure = played.failure();
    Answer answer =
        new ShippedRanker().rank(failure, Detection.of(failure).departures(), failure.until());
    return new JobVerdict(
        played,
        last,
        (int) opened.stream().filter(each -> each.opened() < played.time()).count(),
        last == null
            ? List.of()
            : last.suspects().stream().map(each -> each.entity().subject()).toList(),
        answer.named() ? answer.services() : List.of());
  }

  private static Incident last(List<Incident> all, String id) {
    return all.stream()
        .filter(each -> each.id().equals(id))
        .max(Comparator.comparingInt(Incident::revision))
        .orElseThrow();
  }

  boolean opened() {
    return incident != null;
  }

  /** Whether the first that the jobs name is the first that the ranking names. */
  boolean agrees() {
    return first(suspects).equals(first(ranked));
  }

  /** From the failure to the incident, event time; NaN without any. */
  double seconds() {
    return incident == null ? Double.NaN : (incident.opened() - played.time()) / 1000.0;
  }

  private static String first(List<String> names) {
    return names.isEmpty() ? "nobody" : names.get(0);
  }

  /** In one line. */
  @Override
  public String toString() {
    String jobs =
        incident == null
            ? "no incident"
            : String.format(
                Locale.ROOT, "an incident after %.0f s that names %s", seconds(), first(suspects));
    return "%s, caused by %s: %s; the ranking by findings names %s%s"
        .formatted(
            played.failure().name(),
            String.join(" or ", played.failure().truth().services().stream().sorted().toList()),
            jobs,
            first(ranked),
            before == 0 ? "" : "; incidents before the failure: " + before);
  }
}
