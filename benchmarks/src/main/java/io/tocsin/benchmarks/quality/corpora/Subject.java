// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import java.util.Arrays;
import java.util.List;

/** What is watched: one series, or an entity with several metrics that are sampled together. */
public final class Subject {
  private final String name;
  private final long[] times;
  private final double[][] metrics;
  private final int labelledFrom;
  private final List<Segment> segments;
  private final long interval;

  /**
   * A subject.
   *
   * @param times of its samples, ms since the epoch, in the order of the file
   * @param metrics the values of each metric; NaN where there is none
   * @param labelledFrom index of the first sample that labels speak of; what lies before is known
   *     to be healthy
   * @param segments its anomalies, in order
   */
  public Subject(
      String name, long[] times, double[][] metrics, int labelledFrom, List<Segment> segments) {
    this.name = name;
    this.times = times;
    this.metrics = metrics;
    this.labelledFrom = labelledFrom;
    this.segments = List.copyOf(segments);
    this.interval = medianInterval(times);
  }

  /** Its name within the corpus; never shown to what is evaluated. */
  public String name() {
    return name;
  }

  /** How many times were sampled. */
  public int length() {
    return times.length;
  }

  public int metrics() {
    return metrics.length;
  }

  /** How many values there are in all. */
  public long samples() {
    return (long) times.length * metrics.length;
  }

  /** Time of a sample, ms since the epoch. */
  public long time(int index) {
    return times[index];
  }

  /** The value, or NaN when there is none. */
  public double value(int metric, int index) {
    return metrics[metric][index];
  }

  public int labelledFrom() {
    return labelledFrom;
  }

  public List<Segment> segments() {
    return segments;
  }

  /** The median time between two samples, in ms. */
  public long interval() {
    return interval;
  }

  /** Whether each sample lies in a segment. */
  public boolean[] labels() {
    boolean[] labels = new boolean[times.length];
    for (Segment segment : segments) {
      Arrays.fill(labels, segment.from(), segment.to() + 1, true);
    }
    return labels;
  }

  private static long medianInterval(long[] times) {
    long[] steps = new long[Math.max(1, times.length - 1)];
    for (int i = 1; i < times.length; i++) {
      steps[i - 1] = times[i] - times[i - 1];
    }
    Arrays.sort(steps);
    return Math.max(1, steps[steps.length / 2]);
  }
}
