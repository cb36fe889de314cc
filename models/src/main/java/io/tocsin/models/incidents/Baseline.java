// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.util.Arrays;

/**
 * What a series was before an incident, frozen: its median, and its spread to either side.
 *
 * <p>The spread is the largest of the interquartile range, the median absolute deviation, how far
 * the series went in all but one of a hundred samples, a part of the median, and the step in which
 * the values come. None depends on the unit, so the ranking is the same in bytes and in megabytes,
 * and a series that stood still is no more telling than its own size makes it. For counts the
 * spread is that of chance at least, the root of the count.
 *
 * @param median 0 when nothing is known
 * @param above spread to above the median; 0 for a series that was always zero
 * @param below spread to below it
 * @param samples how many samples it is known from
 */
public record Baseline(double median, double above, double below, int samples) {
  /** What is smaller than this part of the median matters to nobody. */
  private static final double RELATIVE = 0.02;

  /** Of so many samples nothing is known of the spread. */
  private static final double YOUNG = 2;

  /** As far as a series goes in this part of its samples is not far. */
  private static final double RARE = 0.025;

  /** Of a normal distribution, the interquartile range and the MAD in standard deviations. */
  private static final double IQR = 1.349;

  private static final double MAD = 0.6745;

  /** Values that repeat this often on average come in steps. */
  private static final int REPEATS = 3;

  /** Severity of what leaves zero for the first time: there is nothing to measure it by. */
  private static final double FROM_NOTHING = 12;

  /**
   * The baseline of values before an incident.
   *
   * @param counted whether they are numbers of things that are counted one by one
   */
  public static Baseline of(double[] values, boolean counted) {
    if (values.length == 0) {
      return new Baseline(0, counted ? 1 : 0, counted ? 1 : 0, 0);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = quantile(sorted, 0.5);
    double spread = spread(sorted, median);
    if (counted) {
      spread = Math.max(spread, Math.sqrt(Math.abs(median) + 1));
    }
    double most = quantile(sorted, 1 - RARE) - median;
    double least = median - quantile(sorted, RARE);
    return new Baseline(median, Math.max(spread, most), Math.max(spread, least), sorted.length);
  }

  private static double spread(double[] sorted, double median) {
    double[] deviations = deviations(sorted, median);
    double quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / IQR;
    double absolute = quantile(deviations, 0.5) / MAD;
    double part = RELATIVE + YOUNG / sorted.length;
    return Math.max(Math.max(quartiles, absolute), Math.max(part * Math.abs(median), step(sorted)));
  }

  /** How far each lies from the median, rising: both sides of what is sorted already rise. */
  private static double[] deviations(double[] sorted, double median) {
    int above = 0;
    while (above < sorted.length && sorted[above] <= median) {
      above++;
    }
    int below = above - 1;
    double[] deviations = new double[sorted.length];
    for (int i = 0; i < deviations.length; i++) {
      boolean nearer =
          above == sorted.length
              || (below >= 0 && median - sorted[below] <= sorted[above] - median);
      deviations[i] = nearer ? median - sorted[below--] : sorted[above++] - median;
    }
    return deviations;
  }

  /** How far a value lies above what was usual (negative below), in spreads of that side. */
  public double severity(double value) {
    double deviation = value - median;
    if (deviation == 0) {
      return 0;
    }
    double spread = deviation > 0 ? above : below;
    double severity = spread > 0 ? Math.abs(deviation) / spread : FROM_NOTHING;
    // What n samples never did is no rarer than one in n.
    double most = Math.max(SuspectRanking.BOUNDARY, samples);
    return Math.copySign(Math.min(severity, most), deviation);
  }

  static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  /** The least difference between two values, where they repeat; else 0. */
  private static double step(double[] sorted) {
    double least = Double.POSITIVE_INFINITY;
    int distinct = 1;
    for (int i = 1; i < sorted.length; i++) {
      double difference = sorted[i] - sorted[i - 1];
      if (difference > 0) {
        least = Math.min(least, difference);
        distinct++;
      }
    }
    return distinct > 1 && distinct * REPEATS <= sorted.length && sorted[sorted.length / 2] != 0
        ? least
        : 0;
  }
}
