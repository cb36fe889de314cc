// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finding as a test wants it: a usual one, or another, but for what is said here. */
public final class FindingDraft {
  private @Nullable LogEvidence log;
  private static final long INTERVAL = 10_000;

  private final Role role;
  private long onset;
  private String id;
  private Phase phase = Phase.STARTED;
  private long time;
  private Labels labels = Labels.of(Labels.NAME, "metric");
  private Entity entity = Entity.NONE;
  private String unit = "seconds";
  private String detector = "band";
  private List<Contribution> contributions = List.of();
  private Direction direction = Direction.UP;
  private double score;
  private double peak;
  private double observed;
  private double expected = 0.5;
  private double upper = 1;
  private int seen;

  /** The first record of a finding, with an onset two intervals before. */
  public FindingDraft(String id, Role role, long time, double score) {
    this.id = id;
    this.role = role;
    this.onset = time - 2 * INTERVAL;
    at(time).score(score);
  }

  private FindingDraft(Finding finding) {
    id = finding.id();
    phase = finding.phase();
    time = finding.time();
    onset = finding.onset();
    labels = finding.labels();
    entity = finding.entity();
    role = finding.role();
    unit = finding.unit();
    detector = finding.detector();
    contributions = finding.contributions();
    direction = finding.direction();
    score = finding.score();
    peak = finding.peak();
    observed = finding.observed();
    expected = finding.expected();
    upper = finding.upper();
    seen = finding.seen();
    log = finding.log();
  }

  /** The same but for what is said next. */
  public static FindingDraft like(Finding finding) {
    return new FindingDraft(finding);
  }

  public FindingDraft id(String other) {
    id = other;
    return this;
  }

  public FindingDraft phase(Phase other) {
    phase = other;
    return this;
  }

  public FindingDraft at(long other) {
    time = other;
    return this;
  }

  public FindingDraft labels(Labels other) {
    labels = other;
    return this;
  }

  public FindingDraft entity(Entity other) {
    entity = other;
    return this;
  }

  /** It begins with this record. */
  public FindingDraft sudden() {
    onset = time;
    return this;
  }

  public FindingDraft detector(String other) {
    detector = other;
    return this;
  }

  public FindingDraft contributions(List<Contribution> others) {
    contributions = others;
    return this;
  }

  public FindingDraft unit(String other) {
    unit = other;
    return this;
  }

  public FindingDraft direction(Direction other) {
    direction = other;
    return this;
  }

  /** The value is the score, too. */
  public FindingDraft score(double other) {
    score = other;
    peak = Math.max(peak, other);
    observed = other;
    return this;
  }

  public FindingDraft values(double otherObserved, double otherExpected) {
    observed = otherObserved;
    expected = otherExpected;
    return this;
  }

  /** The upper end of the band. */
  public FindingDraft upper(double end) {
    upper = end;
    return this;
  }

  public FindingDraft seen(int times) {
    seen = times;
    return this;
  }

  /** What log lines show of it. */
  public FindingDraft log(LogEvidence shown) {
    log = shown;
    return this;
  }

  public Finding finding() {
    return new Finding(
        id,
        phase,
        time,
        time,
        onset,
        labels,
        entity,
        role,
        unit,
        detector,
        direction,
        score,
        peak,
        observed,
        expected,
        0,
        upper,
        INTERVAL,
        seen,
        contributions,
        log);
  }
}
