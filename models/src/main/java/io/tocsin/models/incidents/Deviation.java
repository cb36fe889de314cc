// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Absence;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.CallRules;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A finding as far as it has been told: its last record, and its most unusual moment.
 *
 * @param last the last record
 * @param worst the highest score of all records
 * @param observed the value then
 * @param expected the value expected then
 * @param bound the end of the band that it had crossed then
 * @param strongSince when it reached the boundary, event time in ms since the epoch; 0 if never
 * @param overSince when it ended, or was last heard of before it fell silent; 0 while it lasts. One
 *     that is resumed is over until it reaches the boundary again: a tremor does not put the end
 *     off.
 */
public record Deviation(
    Finding last,
    double worst,
    double observed,
    double expected,
    double bound,
    long strongSince,
    long overSince) {

  /** The order in which findings are preferred to open an incident; total. */
  static final Comparator<Deviation> OPENING_ORDER =
      Comparator.comparingLong(Deviation::onset)
          .thenComparing(deviation -> Subject.of(deviation.last.entity()).text())
          .thenComparing(Deviation::id);

  /** The most telling first; total. */
  static final Comparator<Deviation> STRONGEST_FIRST =
      Comparator.comparingDouble(Deviation::peak).reversed().thenComparing(Deviation::id);

  /** The order in which findings are given up when there are too many; total. */
  static final Comparator<Deviation> DISPENSABLE_FIRST =
      Comparator.comparing((Deviation deviation) -> !deviation.over())
          .thenComparing(deviation -> deviation.symptom() && deviation.strong())
          .thenComparingDouble(Deviation::peak)
          .thenComparingLong(deviation -> deviation.last.time())
          .thenComparing(Deviation::id);

  /**
   * A finding of which this is the first record that is known here. When that is not its first
   * record, it was not watched from its beginning, and counts as strong from its onset.
   */
  public static Deviation of(Finding finding) {
    long since = finding.phase() == Phase.STARTED ? finding.time() : finding.onset();
    return new Deviation(
        finding,
        finding.score(),
        finding.observed(),
        finding.expected(),
        bound(finding),
        finding.score() >= 1 ? since : 0,
        finding.phase() == Phase.ENDED ? finding.time() : 0);
  }

  /**
   * This with one more record; an earlier one than the last, or that one again, changes nothing.
   */
  public Deviation with(Finding next) {
    // A record that comes again may say of its entity what has become known since.
    if (next.time() < last.time() || next.about(last.entity()).equals(last)) {
      return this;
    }
    boolean worse = next.phase() != Phase.ENDED && next.score() > worst;
    boolean resumed = next.phase() != Phase.ENDED && (overSince == 0 || next.score() >= 1);
    long end = overSince == 0 ? next.time() : overSince;
    return new Deviation(
        next,
        worse ? next.score() : worst,
        worse ? next.observed() : observed,
        worse ? next.expected() : expected,
        worse ? bound(next) : bound,
        strongSince == 0 && next.score() >= 1 ? next.time() : strongSince,
        resumed ? 0 : end);
  }

  Deviation silenced() {
    return new Deviation(last, worst, observed, expected, bound, strongSince, last.time());
  }

  boolean over() {
    return overSince != 0;
  }

  String id() {
    return last.id();
  }

  long onset() {
    return last.onset();
  }

  double peak() {
    return Math.max(last.peak(), worst);
  }

  boolean strong() {
    return strongSince != 0;
  }

  /** Whether more than one sample has shown it; what is missed has been so for long. */
  boolean lasts() {
    return last.detector().equals(Absence.DETECTOR)
        || last.time() - onset() >= last.intervalMillis() / 2;
  }

  boolean symptom() {
    return last.role() == Role.SYMPTOM;
  }

  boolean isFall() {
    return last.direction() == Direction.DOWN;
  }

  /** When it last became news: reached the boundary, or, while weak, began. */
  long fresh() {
    return strong() ? strongSince : onset();
  }

  /** The metric's family: what differs only in derivation or part of a histogram is one metric. */
  String metric() {
    return Evidence.family(last.labels());
  }

  /** Whose calls it is about; nobody's where it has more to tell than how calls go. */
  Set<Entity> callers() {
    List<Labels> all =
        last.aboutEntity()
            ? last.contributions().stream().map(Contribution::labels).toList()
            : List.of(last.labels());
    Set<Entity> callers = new TreeSet<>(Entity.ORDER);
    for (Labels each : all) {
      Entity caller = CallRules.callerOf(each, last.entity());
      if (caller == null) {
        return Set.of();
      }
      callers.add(caller);
    }
    return callers;
  }

  /**
   * What it says in a ranking. Of calls by nobody who is known, to itself, or measured where they
   * were served, it is about the callee alone.
   */
  public Departure departure() {
    CallEdge call = CallRules.ends(last.labels(), last.entity());
    boolean own =
        call == null
            || call.caller().kind() == Entity.Kind.CLUSTER
            || call.toItself()
            || CallRules.atCallee(last.labels());
    return own || call == null
        ? departure(last.entity(), null)
        : departure(call.caller(), known(call.callee()));
  }

  private static Entity known(Entity callee) {
    return callee.kind() == Entity.Kind.CLUSTER ? Entity.NONE : callee;
  }

  private Departure departure(Entity of, @Nullable Entity peer) {
    return new Departure(
        of, peer, metric(), evidence(), severity(), last.intervalMillis(), symptom());
  }

  /** The end of a finding's band on the side to which it deviates. */
  public static double bound(Finding finding) {
    return finding.direction() == Direction.UP ? finding.upper() : finding.lower();
  }

  /**
   * How far it deviates in spreads of its band, whose ends are as many spreads away as the boundary
   * is; where the band has no width, as far as its score says. The band is that of the worst
   * moment: the longer something lasts, the more of it is expected.
   */
  private double severity() {
    double half = isFall() ? expected - bound : bound - expected;
    double deviation = isFall() ? expected - observed : observed - expected;
    double ratio = half > 0 ? Math.max(0, deviation / half) : 0;
    return SuspectRanking.BOUNDARY * Math.max(peak(), ratio);
  }

  Evidence evidence() {
    return new Evidence(
        last.log() == null ? Evidence.Kind.METRIC : Evidence.Kind.LOG,
        id(),
        last.labels(),
        last.unit(),
        last.direction(),
        onset(),
        peak(),
        observed,
        expected,
        last.seen(),
        last.log());
  }
}
