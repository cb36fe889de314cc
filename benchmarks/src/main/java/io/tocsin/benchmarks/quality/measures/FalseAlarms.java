// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.List;
import java.util.function.IntPredicate;

/** Alerts of single series where nothing is wrong. */
public final class FalseAlarms {
  private static final double MILLIS_PER_DAY = 86_400_000;

  private int series;
  private int silent;
  private int alerts;
  private double days;

  /**
   * Adds a series of a subject. What is known to be healthy as a whole counts alone where there is
   * such a part, for labels of a subject do not tell which of its series are healthy.
   */
  public void add(Subject subject, IntPredicate detected) {
    boolean healthyPart = subject.labelledFrom() > 0;
    int to = healthyPart ? subject.labelledFrom() : subject.length();
    List<Segment> segments = healthyPart ? List.of() : subject.segments();
    long labelled = segments.stream().mapToLong(segment -> segment.to() - segment.from() + 1).sum();
    int here = 0;
    for (int onset : Alerts.onsets(subject, 0, to, detected)) {
      here += segments.stream().noneMatch(segment -> Alerts.hits(onset, segment)) ? 1 : 0;
    }
    series++;
    silent += here == 0 ? 1 : 0;
    alerts += here;
    days += (to - labelled) * (double) subject.interval() / MILLIS_PER_DAY;
  }

  public double perSeriesDay() {
    return Counts.part(alerts, days);
  }

  /** The part of the series without any false alarm. */
  public double silentPart() {
    return Counts.part(silent, series);
  }
}
