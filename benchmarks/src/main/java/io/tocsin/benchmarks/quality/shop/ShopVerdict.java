// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.shop;

import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.Topology;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the incidents of a scenario against its faults. An incident is of a fault when it was
 * opened while the fault lasted or shortly after; of two at a time, of the one whose service it
 * suspects most, or else where it is felt. A slow network between two services is the fault of
 * either.
 */
public final class ShopVerdict {
  /** What a fault leaves behind, such as a restart or a roll-back, comes no later. */
  private static final long AFTERMATH = Duration.ofMinutes(4).toMillis();

  private final ShopScenario scenario;
  private final Map<String, Incident> opened = new LinkedHashMap<>();
  private final Map<String, Incident> lasting = new LinkedHashMap<>();

  /**
   * @param transitions of all incidents, in order
   */
  public ShopVerdict(ShopScenario scenario, List<Incident> transitions) {
    this.scenario = scenario;
    for (Incident each : transitions) {
      if (each.transition() == Transition.OPENED) {
        opened.putIfAbsent(each.id(), each);
      }
      if (each.transition() != Transition.RESOLVED) {
        lasting.put(each.id(), each);
      }
    }
  }

  /** How it went with one fault; the incident is null when it was missed. */
  public record Case(Fault fault, @Nullable Incident incident, int rank) {
    /** In one line. */
    @Override
    public String toString() {
      String found =
          incident == null
              ? "missed"
              : "incident %s at %s, rank %s"
                  .formatted(
                      incident.id(),
                      incident.entity().subject(),
                      rank == 0 ? "none" : Integer.toString(rank));
      return "%s of %s: %s".formatted(fault.kind().word(), fault.service(), found);
    }
  }

  /** All faults in order. */
  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Fault fault : scenario.faults()) {
      Incident incident = incidentOf(fault);
      cases.add(new Case(fault, incident, incident == null ? 0 : rank(fault, incident)));
    }
    return cases;
  }

  /** Incidents that are of no fault, or of one that has an incident already. */
  public List<Incident> others() {
    List<Incident> others = new ArrayList<>(opened.values());
    for (Case each : cases()) {
      Incident incident = each.incident();
      others.removeIf(one -> incident != null && one.id().equals(incident.id()));
    }
    return others;
  }

  /** Figures by their names. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    List<Case> cases = cases();
    double faults = Math.max(1, cases.size());
    long found = cases.stream().filter(each -> each.incident() != null).count();
    long healthy = opened(scenario.from(), scenario.healthyUntil());
    figures.put("shop.problems", (double) cases.size());
    figures.put("shop.incidents", (double) opened(scenario.healthyUntil(), Long.MAX_VALUE));
    figures.put("shop.found", (double) found);
    figures.put("shop.found_share", found / faults);
    figures.put("shop.false_incidents_healthy", (double) healthy);
    figures.put("shop.others", (double) others().size() - healthy);
    figures.put("shop.ac1", cases.stream().filter(each -> each.rank() == 1).count() / faults);
    figures.put("shop.ac3", cases.stream().filter(each -> within(each, 3)).count() / faults);
    figures.put("shop.seconds_to_open.median", seconds(cases));
    for (FaultKind kind : FaultKind.values()) {
      List<Case> its = cases.stream().filter(each -> each.fault().kind() == kind).toList();
      if (!its.isEmpty()) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        double first = its.stream().filter(each -> each.rank() == 1).count();
        figures.put("shop." + name + ".ac1", first / its.size());
      }
    }
    return figures;
  }

  private static boolean within(Case one, int rank) {
    return one.rank() > 0 && one.rank() <= rank;
  }

  private static double seconds(List<Case> cases) {
    double[] seconds =
        cases.stream()
            .flatMapToDouble(
                each -> {
                  Incident incident = each.incident();
                  return incident == null
                      ? DoubleStream.empty()
                      : DoubleStream.of(
                          (incident.opened() - each.fault().from()) / 1000.0);
                })
            .sorted()
            .toArray();
    return seconds.length == 0 ? Double.NaN : seconds[seconds.length / 2];
  }

  private long opened(long from, long until) {
    return opened.values().stream()
        .filter(each -> each.opened() >= from && each.opened() < until)
        .count();
  }

  /** Of those opened in its time the one that fits best, unless it fits another fault better. */
  private @Nullable Incident incidentOf(Fault fault) {
    Incident best = null;
    double bestFit = 0;
    for (Incident each : opened.values()) {
      if (each.opened() >= fault.from() && each.opened() <= fault.until() + AFTERMATH) {
        double fit = fit(fault, each);
        boolean others =
            scenario.faults().stream()
                .anyMatch(
                    other ->
                        !other.equals(fault)
                            && Math.abs(other.from() - fault.from()) < 60_000
                            && fit(other, each) > fit);
        if (fit > bestFit && !others) {
          best = each;
          bestFit = fit;
        }
      }
    }
    return best;
  }

  /** More the higher its service is suspected; least for an incident that only lies near it. */
  private double fit(Fault fault, Incident incident) {
    int rank = rank(fault, incident);
    if (rank > 0) {
      return 1 + 1.0 / rank;
    }
    String felt = incident.entity().subject();
    if (culprits(fault).contains(felt)) {
      return 1;
    }
    if (Topology.find(felt).isEmpty()) {
      return 0.1;
    }
    return Topology.related(felt, fault.service()) ? 0.5 : 0;
  }

  /** Where its service stands among the suspects, at the end of the incident; 0 for nowhere. */
  private int rank(Fault fault, Incident incident) {
    Incident last = lasting.getOrDefault(incident.id(), incident);
    for (int i = 0; i < last.suspects().size(); i++) {
      if (culprits(fault).contains(last.suspects().get(i).entity().subject())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Set<String> culprits(Fault fault) {
    return fault.kind() == FaultKind.NETWORK_DELAY
        ? Set.of(fault.service(), Topology.mainCallerOf(fault.service()).orElse(fault.service()))
        : Set.of(fault.service());
  }
}
