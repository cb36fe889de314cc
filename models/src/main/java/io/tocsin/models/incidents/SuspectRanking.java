// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NamingRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ranks what may have caused an incident by a robust severity: for each metric its highest score,
 * compressed so that none dominates, summed over the different metrics of a subject. Metrics of
 * resources and internals count more than what callers feel as well; who began earlier counts more
 * than who followed; a change shortly before speaks for its subject.
 *
 * <p>Summing robust scores per service is the severity scorer of TORAI (FSE 2026), with the scores
 * of our detectors in place of deviations from mean and standard deviation.
 */
final class SuspectRanking {
  /** No metric is more telling than this many times its boundary. */
  private static final double MOST_TELLING = 20;

  /** Each further metric of a subject adds less, since metrics of one subject move together. */
  private static final double DIMINISHING = 0.7;

  /** Symptoms are felt at the callers too; resources and internals only where the cause is. */
  private static final double SYMPTOM_WEIGHT = 0.6;

  /** What a client counts tells of those that it calls, not of itself. */
  private static final double CLIENT_WEIGHT = 0.2;

  /** Falls are mostly consequences: less traffic, less work. */
  private static final double FALL_WEIGHT = 0.5;

  /** A metric must have this part of the best one's weight to date its subject's deviation. */
  private static final double DATING_PART = 0.5;

  private static final long LEAST_TOLERANCE = 15_000;
  private static final double LEAD_BONUS = 0.3;
  private static final double FULL_LEAD = 120_000;
  private static final double LAG_SCALE = 180_000;
  private static final double LEAST_LAG_FACTOR = 0.4;
  private static final double CHANGE_BONUS = 1.5;
  private static final double CHANGE_SCALE = 900_000;

  /** How clearly the highest severity takes the lead. */
  private static final double SHARPNESS = 3;

  /** Severity at which a lone candidate is as likely as that nothing that is seen is the cause. */
  private static final double ABSTENTION = 0.9;

  /** However clear it looks, the cause may be something that nobody measures. */
  private static final double MOST_CERTAIN = 0.99;

  private static final double LEAST_FIRST = 0.2;
  private static final double LEAST_LISTED = 0.05;

  private final IncidentSettings settings;

  SuspectRanking(IncidentSettings settings) {
    this.settings = settings;
  }

  /** Everything that deviates, with its share of the probability, the most probable first. */
  List<Suspect> rank(OpenIncident incident, Subjects subjects, List<Change> changes) {
    Map<String, Candidate> candidates = new TreeMap<>();
    for (Deviation member : incident.members()) {
      Subject subject = subjects.of(member.last().entity());
      candidates.computeIfAbsent(subject.text(), any -> new Candidate()).add(member);
    }
    for (Change change : changes) {
      Candidate candidate = candidates.get(subjects.of(change.entity()).text());
      if (candidate != null) {
        candidate.changes.add(change);
      }
    }
    List<Suspect> ranked = new ArrayList<>();
    candidates.values().forEach(each -> ranked.add(suspect(each, incident.told().onset())));
    return shared(ranked);
  }

  /** Those of a ranking that are worth naming; none when even the first does not stand out. */
  List<Suspect> standingOut(List<Suspect> ranked) {
    if (ranked.isEmpty() || ranked.get(0).confidence() < LEAST_FIRST) {
      return List.of();
    }
    return ranked.stream()
        .filter(suspect -> suspect.confidence() >= LEAST_LISTED)
        .limit(settings.limits().suspects())
        .toList();
  }

  private Suspect suspect(Candidate candidate, long incidentOnset) {
    long onset = candidate.onset();
    long tolerance = candidate.tolerance();
    double score = candidate.severity() * timeliness(onset - incidentOnset, tolerance);
    List<Evidence> evidence = new ArrayList<>();
    for (Change change : candidate.changes) {
      if (change.time() <= onset + tolerance) {
        double age = Math.max(0, onset - change.time());
        if (evidence.isEmpty()) {
          score *= 1 + CHANGE_BONUS * Math.exp(-age / CHANGE_SCALE);
        }
        evidence.add(evidence(change));
      }
    }
    candidate.best().stream().map(Deviation::evidence).forEach(evidence::add);
    return new Suspect(
        candidate.entity(),
        score,
        0,
        onset,
        evidence.stream().limit(settings.limits().evidence()).toList());
  }

  private static double timeliness(long lag, long tolerance) {
    if (lag < -tolerance) {
      return 1 + LEAD_BONUS * Math.min(1, -lag / FULL_LEAD);
    }
    return lag <= tolerance ? 1 : Math.max(LEAST_LAG_FACTOR, 1 / (1 + lag / LAG_SCALE));
  }

  private static List<Suspect> shared(List<Suspect> candidates) {
    double total = Math.pow(ABSTENTION, SHARPNESS);
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

  private static Evidence evidence(Change change) {
    Labels labels =
        Labels.of(Labels.NAME, change.title(), "kind", change.kind(), "version", change.version());
    return new Evidence(
        Evidence.Kind.CHANGE,
        change.id(),
        labels,
        "",
        Direction.UP,
        change.time(),
        1,
        0,
        0,
        0,
        null);
  }

  private static double weight(Deviation deviation) {
    double peak = Math.min(deviation.peak(), MOST_TELLING);
    return Math.log1p(peak) * Math.min(1, peak) * roleWeight(deviation);
  }

  private static double roleWeight(Deviation deviation) {
    if (NamingRules.isClientSide(deviation.last().labels().metric())) {
      return CLIENT_WEIGHT;
    }
    return deviation.last().role() == Role.SYMPTOM ? SYMPTOM_WEIGHT : 1;
  }

  /** One subject's deviations: the best of each metric and direction. */
  private static final class Candidate {
    private static final Comparator<Deviation> HEAVIEST_FIRST =
        Comparator.comparingDouble(SuspectRanking::weight).reversed().thenComparing(Deviation::id);

    private final Map<String, Deviation> rises = new HashMap<>();
    private final Map<String, Deviation> falls = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    void add(Deviation deviation) {
      Map<String, Deviation> side = deviation.last().direction() == Direction.UP ? rises : falls;
      side.merge(
          deviation.metric(), deviation, (a, b) -> HEAVIEST_FIRST.compare(a, b) <= 0 ? a : b);
    }

    double severity() {
      return sum(rises) + FALL_WEIGHT * sum(falls);
    }

    private static double sum(Map<String, Deviation> side) {
      double sum = 0;
      double part = 1;
      for (Deviation each : side.values().stream().sorted(HEAVIEST_FIRST).toList()) {
        sum += part * weight(each);
        part *= DIMINISHING;
      }
      return sum;
    }

    List<Deviation> best() {
      List<Deviation> all = new ArrayList<>(rises.values());
      all.addAll(falls.values());
      all.sort(HEAVIEST_FIRST);
      return all;
    }

    long onset() {
      List<Deviation> best = best();
      double least = weight(best.get(0)) * DATING_PART;
      return best.stream()
          .filter(each -> weight(each) >= least)
          .mapToLong(Deviation::onset)
          .min()
          .orElseThrow();
    }

    /** Onsets closer than a sample's interval cannot be told apart. */
    long tolerance() {
      long interval = 0;
      for (Deviation each : best()) {
        interval = Math.max(interval, each.last().intervalMillis());
      }
      return Math.max(LEAST_TOLERANCE, interval);
    }

    /** Its most telling name: that of a service before that of a workload. */
    Entity entity() {
      return best().stream()
          .map(each -> each.last().entity().withoutInstance())
          .min(Comparator.comparing(Entity::kind).thenComparing(Entity::toString))
          .orElseThrow();
    }
  }
}
