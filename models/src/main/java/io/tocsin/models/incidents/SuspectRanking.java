// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.incidents.Inquiry.Felt;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NamingRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranks what may have caused an incident by a robust severity: for each metric its most severe
 * departure, compressed so that none dominates, summed over the different metrics of a subject.
 * Metrics of resources and internals count more than what callers feel as well; what many do at
 * once counts less; what is felt is explained away by a callee that departs no later; who began
 * earlier counts more than who followed; a change shortly before speaks for its subject.
 *
 * <p>Summing robust severities per service is the severity scorer of TORAI (FSE 2026), with median
 * and spread in place of mean and standard deviation as in BARO (FSE 2024).
 */
public final class SuspectRanking {
  /** How many spreads are at the boundary between what is usual and what is not. */
  static final double BOUNDARY = 3;

  /** No metric is more telling than this many times the boundary. */
  private static final double MOST_TELLING = 100;

  /** Symptoms are felt at the callers too; resources and internals only where the cause is. */
  private static final double SYMPTOM_WEIGHT = 0.6;

  /** What does no harm itself mostly follows: less traffic, less work, more lines of routine. */
  private static final double CONSEQUENCE_WEIGHT = 0.5;

  /** Where users felt delays failures say less, and the other way round. */
  private static final double OTHER_WEIGHT = 0.1;

  /** How much there is to do is what callers do, not the callee. */
  private static final double LOAD_WEIGHT = 0.1;

  /** What a client counts tells of those that it calls, not of itself. */
  private static final double CLIENT_WEIGHT = 0.2;

  /** By how much less severe a callee may be than what it explains. */
  private static final double EXPLAINED = 1.5;

  /** The most of what is felt that callees explain. */
  private static final double MOST_EXPLAINED = 0.8;

  /** The part of the most severe candidate's severity from which a candidate weighs anything. */
  private static final double HEAVY = 0.3;

  private static final double LEAST_LAG_FACTOR = 0.4;
  private static final double LAG_SCALE = 180_000;

  /** Severity at which a lone candidate is as likely as that nothing that is seen is the cause. */
  private static final double ABSTENTION = 0.9;

  private static final double LEAD_BONUS = 0.3;
  private static final double FULL_LEAD = 120_000;
  private static final double CHANGE_BONUS = 1.5;

  /** How clearly the highest severity takes the lead. */
  private static final double SHARPNESS = 3;

  /** However clear it looks, the cause may be something that nobody measures. */
  private static final double MOST_CERTAIN = 0.99;

  /** A suspect with this part of the first one's share may as well be the first. */
  private static final double EQUALLY_LIKELY = 0.5;

  private static final double LEAST_FIRST = 0.2;
  private static final double LEAST_LISTED = 0.05;

  private final IncidentSettings settings;

  public SuspectRanking(IncidentSettings settings) {
    this.settings = settings;
  }

  /** Everything that departs, with its share of the probability, the most probable first. */
  public List<Suspect> rank(Inquiry inquiry, Subjects subjects) {
    Candidates candidates = candidates(inquiry, subjects);
    explain(candidates, inquiry);
    long first = first(candidates);
    ChangeBlame blame = new ChangeBlame(outside(candidates) ? unchanged(inquiry) : inquiry, first);
    List<Suspect> ranked = new ArrayList<>();
    for (Candidate each : candidates.all()) {
      ranked.add(suspect(each, first, blame.of(each, subjects)));
    }
    return shared(ranked);
  }

  /** Those of a ranking that are worth naming, in its order; none when nobody stands out. */
  public List<Suspect> standingOut(List<Suspect> ranked) {
    if (ranked.stream().noneMatch(each -> each.confidence() >= LEAST_FIRST)) {
      return List.of();
    }
    return ranked.stream()
        .filter(suspect -> suspect.confidence() >= LEAST_LISTED)
        .limit(settings.limits().suspects())
        .toList();
  }

  /**
   * The one change that is to blame for an incident; null when none speaks for the first of its
   * suspects, or when it could as well be another one.
   */
  public @Nullable Evidence blamed(List<Suspect> standingOut) {
    if (standingOut.isEmpty()) {
      return null;
    }
    Suspect first = standingOut.get(0);
    List<Evidence> own = changes(first);
    boolean others =
        standingOut.stream()
            .filter(each -> each.confidence() >= EQUALLY_LIKELY * first.confidence())
            .flatMap(each -> changes(each).stream())
            .anyMatch(each -> !own.isEmpty() && !each.finding().equals(own.get(0).finding()));
    return own.isEmpty() || others ? null : own.get(0);
  }

  private static List<Evidence> changes(Suspect suspect) {
    return suspect.evidence().stream().filter(each -> each.kind() == Evidence.Kind.CHANGE).toList();
  }

  private static Candidates candidates(Inquiry inquiry, Subjects subjects) {
    Candidates candidates = new Candidates(subjects);
    Crowd crowd = new Crowd(inquiry.departures(), subjects);
    for (Departure each : inquiry.departures()) {
      double weight = weight(each, crowd.beside(each), inquiry.felt());
      Entity peer = each.peer();
      Candidate own = candidates.of(each.entity());
      if (peer == null) {
        own.add(each, weight);
      } else if (peer.equals(Entity.NONE)) {
        own.calls(each, peer, CLIENT_WEIGHT * weight);
      } else {
        own.calls(each, peer, weight);
        candidates.of(peer).called(each, weight);
      }
    }
    return candidates;
  }

  private static double weight(Departure departure, double severity, Felt felt) {
    double peak = Math.min(MOST_TELLING, severity / BOUNDARY);
    double weight = Math.log1p(peak) * Math.min(1, peak);
    if (isConsequence(departure)) {
      weight *= CONSEQUENCE_WEIGHT;
    }
    if (!departure.symptom()) {
      return NamingRules.isLoad(departure.metric()) ? LOAD_WEIGHT * weight : weight;
    }
    boolean other = felt != Felt.UNKNOWN && felt != departure.felt();
    return (other ? OTHER_WEIGHT : 1) * SYMPTOM_WEIGHT * weight;
  }

  /** Lines that are missing may tell of a failure whatever they say. */
  private static boolean isConsequence(Departure departure) {
    if (departure.evidence().kind() != Evidence.Kind.LOG) {
      return departure.direction() != harmful(departure.metric());
    }
    LogEvidence log = departure.evidence().log();
    return log != null && log.isOrdinary() && departure.direction() == Direction.UP;
  }

  /** The side to which a metric does harm; the other is mostly a consequence. */
  private static Direction harmful(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    boolean good =
        name.contains("success") || name.contains("availability") || name.contains("hit_ratio");
    return good ? Direction.DOWN : Direction.UP;
  }

  /** What a subject's callers feel of it is explained by a callee that departs no later. */
  private static void explain(Candidates candidates, Inquiry inquiry) {
    Map<Candidate, Double> severities = new HashMap<>();
    for (Candidate each : candidates.all()) {
      each.neighbours(
          inquiry.topology().callers(each.entity()).size(),
          inquiry.topology().callees(each.entity()).size());
      severities.put(each, each.severity());
    }
    Candidates.Finder finder = candidates.finder();
    for (Candidate each : candidates.all()) {
      for (Entity callee : inquiry.topology().callees(each.entity())) {
        for (Candidate other : finder.find(callee)) {
          if (other != each && other.onset() <= each.onset() + each.tolerance()) {
            double part = EXPLAINED * severities.getOrDefault(other, 0.0) / each.felt();
            each.explain(MOST_EXPLAINED * Math.min(1, part));
          }
        }
      }
    }
  }

  /** Whether one of those that weigh most has lines that say that the cause is not here. */
  private static boolean outside(Candidates candidates) {
    double most = candidates.all().stream().mapToDouble(Candidate::severity).max().orElse(0);
    return candidates.all().stream()
        .filter(each -> each.severity() >= HEAVY * most)
        .anyMatch(Candidate::speaksOfOutside);
  }

  private static Inquiry unchanged(Inquiry inquiry) {
    return new Inquiry(inquiry.felt(), inquiry.departures(), inquiry.topology(), List.of());
  }

  /** When the first of what weighs anything began. */
  private static long first(Candidates candidates) {
    double most = candidates.all().stream().mapToDouble(Candidate::severity).max().orElse(0);
    return candidates.all().stream()
        .filter(each -> each.severity() >= HEAVY * most)
        .mapToLong(Candidate::onset)
        .min()
        .orElse(0);
  }

  private Suspect suspect(Candidate candidate, long first, List<ChangeBlame.Blamed> changes) {
    long onset = candidate.onset();
    double score = candidate.severity() * timeliness(onset - first, candidate.tolerance());
    List<Evidence> evidence = new ArrayList<>();
    for (ChangeBlame.Blamed each : changes) {
      if (evidence.isEmpty()) {
        score *= 1 + CHANGE_BONUS * each.weight();
      }
      evidence.add(evidence(each.change()));
    }
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
      return 1 + LEAD_BONUS * Math.min(1, -lag / FULL_LEAD);
    }
    return lag <= tolerance
        ? 1
        : Math.max(LEAST_LAG_FACTOR, 1 / (1 + (lag - tolerance) / LAG_SCALE));
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
}
