// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * F1 of the AIOps challenge with a delay of 7, after {@code competition_metric.py} of
 * microsoft/anomalydetector, from iopsai/iops. Each series is laid on the grid of its least
 * interval, with what is missing healthy and not detected; a segment is detected, with all its
 * points, if one of its first eight points is; false alarms count by points; all series count
 * together.
 */
public final class DelayedF1 {
  private static final int DELAY = 7;

  /** The segments: the highest score of the first points, and the length. */
  private record Stretch(double score, int length) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private final List<double[]> healthy = new ArrayList<>();

  /** Adds a series. */
  public void add(Subject subject, double[] scores) {
    Grid grid = new Grid(subject, scores);
    double[] outside = new double[grid.scores.length];
    int used = 0;
    for (int i = 0; i < outside.length; i++) {
      if (grid.labels[i]) {
        int end = grid.end(i);
        stretches.add(new Stretch(grid.highest(i, Math.min(end, i + DELAY + 1)), end - i));
        i = end - 1;
      } else if (grid.scores[i] > Double.NEGATIVE_INFINITY) {
        outside[used++] = grid.scores[i];
      }
    }
    healthy.add(Arrays.copyOf(outside, used));
  }

  /** F1 at a threshold. */
  public double at(double threshold) {
    long hit = 0;
    long missed = 0;
    for (Stretch stretch : stretches) {
      if (stretch.score() >= threshold) {
        hit += stretch.length();
      } else {
        missed += stretch.length();
      }
    }
    long wrong =
        healthy.stream()
            .mapToLong(scores -> Arrays.stream(scores).filter(s -> s >= threshold).count())
            .sum();
    return Counts.f1(hit, wrong, missed);
  }

  /** F1 at the best threshold, which only one who knows the labels can choose. */
  public double oracle() {
    double[] wrong = healthy.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    List<Stretch> sorted = new ArrayList<>(stretches);
    sorted.sort(Comparator.comparingDouble(Stretch::score).reversed());
    long all = sorted.stream().mapToLong(Stretch::length).sum();
    long hit = 0;
    int at = wrong.length;
    double best = 0;
    for (Stretch stretch : sorted) {
      // The best threshold is the score of a segment: any lower one only adds false alarms.
      hit += stretch.length();
      while (at > 0 && wrong[at - 1] >= stretch.score()) {
        at--;
      }
      best = Math.max(best, Counts.f1(hit, wrong.length - at, all - hit));
    }
    return best;
  }

  /** A series on the grid of its least interval. */
  private static final class Grid {
    private final double[] scores;
    private final boolean[] labels;

    Grid(Subject subject, double[] given) {
      long step = Long.MAX_VALUE;
      for (int i = 1; i < given.length; i++) {
        long elapsed = subject.time(i) - subject.time(i - 1);
        step = elapsed > 0 ? Math.min(step, elapsed) : step;
      }
      long first = subject.time(0);
      long span = subject.time(given.length - 1) - first;
      scores = new double[(int) (span / step) + 1];
      labels = new boolean[scores.length];
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      boolean[] labelled = subject.labels();
      for (int i = 0; i < given.length; i++) {
        int at = (int) ((subject.time(i) - first) / step);
        scores[at] = given[i];
        labels[at] = labelled[i];
      }
    }

    /** Where the segment that begins here is over. */
    int end(int from) {
      int end = from;
      while (end < labels.length && labels[end]) {
        end++;
      }
      return end;
    }

    double highest(int from, int to) {
      return Arrays.stream(scores, from, to).max().orElse(Double.NEGATIVE_INFINITY);
    }
  }
}
