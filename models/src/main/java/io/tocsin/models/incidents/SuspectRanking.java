// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NamingRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public final class SuspectRanking {
  private static final double FULL_LEAD = 120_000;
  private static final double CHANGE_BONUS = 1.5;
  private static final double CHANGE_SCALE = 900_000;
  private static final double SHARPNESS = 3;
  private static final double MOST_CERTAIN = 0.99;
  private static final double LEAST_FIRST = 0.2;
  private static final double LEAST_LISTED = 0.05;

  private final IncidentSettings settings;

  public SuspectRanking(IncidentSettings settings) {
    this.settings = settings;
  }

  public List<Suspect> rank(Inquiry inquiry, Subjects subjects) {
    Map<String, Candidate> candidates = new TreeMap<>();
    Map<String, Double> crowd = crowd(inquiry, subjects);
    for (Departure each : inquiry.departures()) {
      double c = crowd.getOrDefault(key(each), 0.0);
      double w = weight(each, inquiry, c);
      if (w <= 0) continue;
      Candidate own = candidate(candidates, subjects, each.entity());
      if (each.peer() == null) own.add(each, w);
      else {
        own.call(each, w * (each.peer().equals(Entity.NONE) ? Tune.p("cliw", 0.2) : 1), false);
        if (!each.peer().equals(Entity.NONE)) candidate(candidates, subjects, each.peer()).call(each, w, true);
      }
    }
    long first = Long.MAX_VALUE; double best = 0;
    for (Candidate c : candidates.values()) best = Math.max(best, c.severity());
    for (Candidate c : candidates.values()) if (c.severity() >= 0.5 * best) first = Math.min(first, c.onset());
    for (Candidate c : candidates.values()) {
      c.callers = inquiry.topology().callers(c.entity()).size();
      c.callees = inquiry.topology().callees(c.entity()).size();
    }
    Map<Candidate, Double> felt = new HashMap<>();
    candidates.values().forEach(c -> felt.put(c, c.severity()));
    for (Candidate c : candidates.values()) {
      for (Entity callee : inquiry.topology().callees(c.entity())) {
        Candidate other = candidates.get(subjects.of(callee).text());
        if (other != null && other != c && other.onset() <= c.onset() + 2 * c.tolerance()) {
          double b = c.felt();
          double part = b > 0 ? Math.min(1, Tune.p("explx", 1.5) * felt.get(other) / b) : 0;
          c.explain(Tune.p("expl", 0.8) * part);
        }
      }
    }
    List<Suspect> ranked = new ArrayList<>();
    long f = first;
    candidates.values().forEach(each -> ranked.add(suspect(each, inquiry, f)));
    return shared(ranked);
  }

  private static String key(Departure d) { return (d.peer() != null ? "call " : "") + d.metric() + d.direction(); }

  private static Map<String, Double> crowd(Inquiry q, Subjects subjects) {
    Map<String, Map<String, Double>> all = new HashMap<>();
    java.util.Set<String> every = new java.util.HashSet<>();
    for (Departure d : q.departures()) {
      every.add(subjects.of(d.entity()).text());
      if (d.evidence().kind() == Evidence.Kind.LOG) continue;
      all.computeIfAbsent(key(d), k -> new HashMap<>()).merge(d.peer() == null ? subjects.of(d.entity()).text() : d.entity() + ">" + d.peer(), d.severity(), Math::max);
    }
    Map<String, Double> crowd = new HashMap<>();
    all.forEach((k, m) -> {
      int at = (int) Math.ceil(Tune.p("crowdshare", 0.25) * every.size());
      List<Double> sorted = m.values().stream().sorted(Comparator.reverseOrder()).toList();
      if (at < sorted.size()) crowd.put(k, sorted.get(at));
    });
    return crowd;
  }

  private static Candidate candidate(Map<String, Candidate> candidates, Subjects subjects, Entity e) {
    return candidates.computeIfAbsent(subjects.of(e).text(), any -> new Candidate(e.withoutInstance()));
  }

  private static double weight(Departure d, Inquiry q, double crowd) {
    double sev = d.severity();
    int cm = (int) Tune.p("crowdmode", 1);
    if (cm == 1) sev = sev / Math.max(1, crowd / BOUND()); else if (cm == 2) sev = Math.max(0, sev - crowd);
    double peak = Math.min(Tune.p("cap", 1e9), sev / BOUND());
    double w = Math.pow(Math.log1p(peak), Tune.p("pow", 1)) * Math.min(1, peak);
    if (d.direction() == Direction.DOWN && d.evidence().kind() != Evidence.Kind.LOG && !goodHigh(d.metric())) w *= Tune.p("fallw", 0.5);
    if (d.direction() == Direction.UP && goodHigh(d.metric())) w *= Tune.p("fallw", 0.5);
    if (d.symptom() && (d.peer() == null || !d.peer().equals(Entity.NONE))) w *= Tune.p("symw", 0.6);
    if (q.symptom() != null && !fam(q.symptom().metric()).equals(fam(d.metric()))) w *= Tune.p("otherw", 0.3);
    return w;
  }
  static double BOUND() { return Tune.p("bound", 3); }
  static String fam(String m){ int i=m.indexOf(':'); return i<0?m:m.substring(0,i); }
  static boolean goodHigh(String m) {
    String l = m.toLowerCase(java.util.Locale.ROOT);
    return l.contains("success") || l.contains("hit_ratio") || l.contains("uptime") || l.contains("ready");
  }

  List<Suspect> standingOut(List<Suspect> ranked) {
    if (ranked.isEmpty() || ranked.get(0).confidence() < LEAST_FIRST) {
      return List.of();
    }
    return ranked.stream()
        .filter(suspect -> suspect.confidence() >= LEAST_LISTED)
        .limit(settings.limits().suspects())
        .toList();
  }

  private Suspect suspect(Candidate candidate, Inquiry inquiry, long first) {
    long onset = candidate.onset();
    long tolerance = candidate.tolerance();
    double score = candidate.severity() * timeliness(onset - first, 2 * tolerance);
    List<Evidence> evidence = new ArrayList<>();
    candidate.all().stream().map(each -> each.departure().evidence()).forEach(evidence::add);
    return new Suspect(
        candidate.entity(),
        score,
        0,
        onset,
        evidence.stream().limit(settings.limits().evidence()).toList());
  }

  private static double timeliness(long lag, long tolerance) {
    if (lag < -tolerance) {
      return 1 + Tune.p("lead", 0.3) * Math.min(1, -lag / FULL_LEAD);
    }
    return lag <= tolerance ? 1 : Math.max(Tune.p("leastlag",0.4), 1 / (1 + lag / Tune.p("lagscale",180_000)));
  }

  private static List<Suspect> shared(List<Suspect> candidates) {
    double total = Math.pow(Tune.p("abst", 0.9), SHARPNESS);
    for (Suspect each : candidates) {
      total += Math.pow(each.score(), SHARPNESS);
    }
    List<Suspect> ranked = new ArrayList<>();
    for (Suspect each : candidates) {
      double share = MOST_CERTAIN * Math.pow(each.score(), SHARPNESS) / total;
      ranked.add(new Suspect(each.entity(), each.score(), share, each.onset(), each.evidence()));
    }
    ranked.sort(
        Comparator.comparingDouble(Suspect::score)
            .reversed()
            .thenComparingLong(Suspect::onset)
            .thenComparing(suspect -> Subject.of(suspect.entity()).text()));
    return ranked;
  }
}
