// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Absence;
import io.tocsin.models.telemetry.Entity;

/**
 * How strong a finding of a single series must be to count: it must reach the bar of its entity.
 * Where m series may raise one, it must be m times as rare (Bonferroni's correction), and each that
 * counts raises the bar a little, which falls again with time, so that in the long run an entity
 * has so many a day. What does not reach the bar stays weak evidence and may reach it later; what
 * has reached it counts until it ends.
 *
 * <p>Where several series that users feel are beyond their boundaries at the same time, none of
 * them is a lone alarm: what they must reach follows from how many of them agree, whatever the
 * entity has alarmed before, and raises nothing.
 */
final class AlarmBudget {
  /** How many series spoke in the last tick. */
  private static final int SERIES = 0;

  /** The bar when it was raised last; 0 before. */
  private static final int BAR = 4;

  private static final int RAISED = 8;
  static final int ROW_BYTES = 16;

  /** The most that a finding's score and peak are while it does not count. */
  private static final double WEAK_MOST = 0.99;

  /** What is found together is one alarm. */
  private static final double TOGETHER_MILLIS = 3_600_000;

  private static final double DAY_MILLIS = 86_400_000;

  /** So many symptoms at the same time are not alone. */
  private static final int LEAST_AGREEING = 2;

  private final double step;
  private final double fallPerMilli;
  private final double scorePerDigit;
  private final Row row = new Row();

  /** All that is known of the entity of {@link #row}. */
  private final Row whole = new Row();

  /**
   * A budget.
   *
   * @param scorePerDigit by how much a score grows when what is seen is ten times as rare
   */
  AlarmBudget(EntitySettings settings, double scorePerDigit) {
    this.step = settings.alarmStep();
    this.fallPerMilli = Math.log1p(step) * settings.alarmsPerDay() / DAY_MILLIS;
    this.scorePerDigit = scorePerDigit;
  }

  /**
   * Whether a bar stands before a finding of a single series: not before what was never strong, nor
   * before a series that is missed, which is not told by a score; nor where nothing but the cluster
   * is known of what it is about, since such series have nothing in common.
   */
  static boolean concerns(Finding finding) {
    Entity entity = finding.entity();
    boolean known = entity.kind() != Entity.Kind.CLUSTER || !entity.namespace().isEmpty();
    return finding.strong() && known && !finding.detector().equals(Absence.DETECTOR);
  }

  /** What is to be told of a finding of a single series. */
  Finding judge(EntityTable table, Finding finding) {
    if (!concerns(finding)) {
      return finding;
    }
    boolean counts = table.passed.contains(finding) || passes(table, finding);
    if (finding.phase() == Phase.ENDED) {
      table.passed.remove(finding);
    } else if (counts) {
      table.passed.add(finding);
    }
    return counts ? finding : finding.atMost(WEAK_MOST);
  }

  private boolean passes(EntityTable table, Finding finding) {
    if (finding.phase() == Phase.ENDED) {
      return false;
    }
    boolean known = read(table, finding.entity());
    if (!known) {
      return finding.score() >= 1;
    }
    if (agrees(finding)) {
      return finding.score() >= barOfAgreeing();
    }
    boolean passes = finding.score() >= bar(row, finding.arrival());
    if (passes) {
      raise(row, finding.arrival());
    }
    return passes;
  }

  /** The score from which a finding of a series of this entity counts now. */
  double bar(EntityTable table, Entity entity, long arrival) {
    return read(table, entity) ? bar(row, arrival) : 1;
  }

  /** Moves to what is known of an entity; false when that is nothing. */
  private boolean read(EntityTable table, Entity entity) {
    int found = table.find(entity.withoutInstance().hash());
    if (found >= 0) {
      table.rows.read(found, EntityTable.ALARMS, row);
      table.rows.read(found, whole);
    }
    return found >= 0;
  }

  /** Whether it is one of several that users feel. */
  private boolean agrees(Finding finding) {
    return finding.role() == Role.SYMPTOM && whole.getByte(EntityTable.AGREEING) >= LEAST_AGREEING;
  }

  /**
   * What each of k symptoms that agree must reach, of n. Copies of one are among them, so about n /
   * k are different ones, each of which might have been found. And that k agree at the boundary is
   * rarer than that one is there: k times as rare is less than copies make of it that do not always
   * move as one.
   */
  private double barOfAgreeing() {
    double agreeing = whole.getByte(EntityTable.AGREEING);
    double chances = whole.getShort(EntityTable.SYMPTOMS) / (agreeing * agreeing);
    return 1 + scorePerDigit * Math.max(0, Math.log10(chances));
  }

  private double bar(Row state, long time) {
    double least = 1 + scorePerDigit * Math.log10(Math.max(1, state.getInt(SERIES)));
    double elapsed = Math.max(0, (double) time - state.getLong(RAISED));
    return Math.max(least, state.getFloat(BAR) * Math.exp(-fallPerMilli * elapsed));
  }

  private void raise(Row state, long time) {
    if (state.getFloat(BAR) == 0 || time - state.getLong(RAISED) >= TOGETHER_MILLIS) {
      state.setFloat(BAR, (1 + step) * bar(state, time));
      state.setLong(RAISED, time);
    }
  }

  /** Learns how many series of an entity spoke in a tick, and what those said that users feel. */
  void spoke(EntityTable table, Together all) {
    table.rows.read(all.row, EntityTable.ALARMS, row);
    table.rows.read(all.row, whole);
    row.setInt(SERIES, all.series);
    whole.setShort(EntityTable.SYMPTOMS, (short) Math.min(Short.MAX_VALUE, all.symptoms));
    whole.setByte(EntityTable.AGREEING, (byte) Math.min(Byte.MAX_VALUE, all.agreeing));
  }
}
