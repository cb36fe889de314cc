// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Alerts against labelled segments: a segment is found when an alert is raised within it or just
 * after; an alert that belongs to no segment is false.
 */
public final class Events {
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final List<Double> delays = new ArrayList<>();
  private int alerts;
  private int falseAlerts;
  private int segments;
  private int found;

  /** Adds the labelled part of a subject. */
  public void add(Subject subject, IntPredicate detected) {
    List<Integer> onsets =
        Alerts.onsets(subject, subject.labelledFrom(), subject.length(), detected);
    alerts += onsets.size();
    for (int onset : onsets) {
      if (subject.segments().stream().noneMatch(segment -> Alerts.hits(onset, segment))) {
        falseAlerts++;
      }
    }
    for (Segment segment : subject.segments()) {
      segments++;
      onsets.stream()
          .filter(onset -> Alerts.hits(onset, segment))
          .findFirst()
          .ifPresent(
              onset -> {
                found++;
                double delay = (double) (subject.time(onset) - subject.time(segment.from()));
                delays.add(delay / MILLIS_PER_MINUTE);
              });
    }
  }

  public int alerts() {
    return alerts;
  }

  public int segments() {
    return segments;
  }

  /** How many segments were found. */
  public int found() {
    return found;
  }

  /** The part of the alerts that are not false. */
  public double precision() {
    return Counts.part((double) alerts - falseAlerts, alerts);
  }

  /** The part of the segments that were found. */
  public double recall() {
    return Counts.part(found, segments);
  }

  public double f1() {
    return Counts.f1(precision(), recall());
  }

  /** A quantile of how late found segments were found, in minutes; NaN when none was. */
  public double delayMinutes(double quantile) {
    if (delays.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = delays.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(quantile * sorted.size())));
  }
}
