// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import java.util.Arrays;

/**
 * How a series left its baseline, to the side to which it left it most.
 *
 * <p>It begins where Page's cumulative sum of what exceeds the usual leaves zero for the run in
 * which it grows highest; a ramp where its line leaves the usual, which is before it could be
 * noticed. A lone sample at the end of several is none yet.
 *
 * @param severity in spreads, the median of the time since the onset, less what was so before; of
 *     counts, of all since the onset, in standard deviations of chance
 * @param onset when it began, ms since the epoch
 * @param observed the value at its most unusual
 */
public record Excursion(Direction direction, double severity, long onset, double observed) {
  /** What each sample may exceed without a run, in spreads. */
  private static final double ALLOWANCE = 1;

  /** A sample adds no more than this to a run, so that a lone one is none. */
  private static final double MOST_OF_SAMPLE = 6;

  /** What ends so many times as far off as it began is a ramp. */
  private static final double RAMP = 2;

  /** In fewer samples than three times as many no ramp can be told. */
  private static final int LEAST_THIRD = 3;

  /** By this part counts go up and down with what there is to do, and nobody knows. */
  private static final double DRIFT = 0.1;

  /** So many samples before tell what was so before. */
  private static final int BEFORE = 3;

  /**
   * Samples in the order of their times.
   *
   * @param from index of the first that counts as since; those before it count as before
   * @param to index after the last; there must be at least one since
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Stretch(long[] times, double[] values, int from, int to) {}

  /** The excursion of a stretch. */
  public static Excursion of(Baseline baseline, Stretch stretch) {
    Leaving up = to(Direction.UP, baseline, stretch);
    Leaving down = to(Direction.DOWN, baseline, stretch);
    Leaving most = up.severity >= down.severity ? up : down;
    return new Excursion(
        most.side,
        most.severity,
        began(stretch, most.severities, most.onset),
        stretch.values[worst(most.severities, most.onset)]);
  }

  /** To one side, with the index of its first sample. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  private record Leaving(Direction side, double severity, int onset, double[] severities) {}

  /**
   * Things that were counted one by one in intervals.
   *
   * @param times when the intervals begin, ms since the epoch
   * @param counts as many
   * @param loads how much there was to do in each, 1 as usual
   * @param from index of the first that counts as since; there must be at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Counts(long[] times, double[] counts, double[] loads, int from) {}

  /**
   * The excursion of counts: what came since its onset, all together, beside what chance would have
   * let come. A few in each of several intervals tell more together than the median of them does.
   */
  public static Excursion of(Counts counts) {
    Excursion up = to(Direction.UP, counts);
    Excursion down = to(Direction.DOWN, counts);
    return up.severity >= down.severity ? up : down;
  }

  /** It began where what came since stands out most. */
  private static Excursion to(Direction side, Counts of) {
    double load = Arrays.stream(of.loads, 0, of.from).sum();
    double usual = load > 0 ? Arrays.stream(of.counts, 0, of.from).sum() / load : 0;
    int end = of.counts.length;
    double count = 0;
    double part = 0;
    double severity = 0;
    int onset = of.from;
    for (int i = end - 1; i >= of.from; i--) {
      count += of.counts[i];
      part += of.loads[i];
      double standsOut = severity(side, count, part * usual, part / Math.max(1, load));
      if (standsOut > severity && (i < end - 1 || i == of.from)) {
        severity = standsOut;
        onset = i;
      }
    }
    int worst = onset;
    for (int i = onset; i < end; i++) {
      boolean more = of.counts[i] > of.counts[worst];
      worst = of.counts[i] != of.counts[worst] && more == (side == Direction.UP) ? i : worst;
    }
    double most = Math.max(SuspectRanking.BOUNDARY, of.from);
    return new Excursion(side, Math.min(most, severity), of.times[onset], of.counts[worst]);
  }

  /** How far a count is from what was expected, in standard deviations. */
  private static double severity(Direction side, double count, double expected, double part) {
    double drift = DRIFT * expected;
    double chance = expected * (1 + part) + drift * drift + 1;
    return (side == Direction.UP ? count - expected : expected - count) / Math.sqrt(chance);
  }

  private static int worst(double[] severities, int from) {
    int worst = from;
    for (int i = from; i < severities.length; i++) {
      worst = severities[i] > severities[worst] ? i : worst;
    }
    return worst;
  }

  private static Leaving to(Direction side, Baseline baseline, Stretch stretch) {
    double[] severities = new double[stretch.to];
    for (int i = Math.max(0, stretch.from - BEFORE); i < stretch.to; i++) {
      double severity = baseline.severity(stretch.values[i]);
      severities[i] = Math.max(0, side == Direction.UP ? severity : -severity);
    }
    int onset = onset(severities, stretch.from);
    double before = median(severities, Math.max(0, stretch.from - BEFORE), stretch.from);
    boolean lone = stretch.to - onset == 1 && onset > stretch.from;
    double since = lone ? 0 : median(severities, onset, stretch.to);
    return new Leaving(side, Math.max(0, since - before), onset, severities);
  }

  /** Where the run begins in which the cumulative sum grows highest; the beginning without any. */
  private static int onset(double[] severities, int from) {
    double sum = 0;
    double most = 0;
    int begin = from;
    int onset = from;
    for (int i = from; i < severities.length; i++) {
      sum += Math.min(severities[i], MOST_OF_SAMPLE) - ALLOWANCE;
      if (sum <= 0) {
        sum = 0;
        begin = i + 1;
      } else if (sum > most) {
        most = sum;
        onset = begin;
      }
    }
    return onset;
  }

  /**
   * Of a ramp, where its line leaves what is usual, which nobody can see by then; else the onset.
   */
  private static long began(Stretch stretch, double[] severities, int onset) {
    int third = (stretch.to - onset) / 3;
    if (third < LEAST_THIRD) {
      return stretch.times[onset];
    }
    double first = median(severities, onset, onset + third);
    double second = median(severities, onset + third, onset + 2 * third);
    double last = median(severities, stretch.to - third, stretch.to);
    if (last < RAMP * first || second <= first) {
      return stretch.times[onset];
    }
    long middle = stretch.times[onset + third / 2];
    double slope = (second - first) / (stretch.times[onset + third + third / 2] - middle);
    long left = middle - (long) (Math.max(0, first - ALLOWANCE) / slope);
    return Math.max(stretch.times[stretch.from], Math.min(stretch.times[onset], left));
  }

  private static double median(double[] values, int from, int to) {
    if (from == to) {
      return 0;
    }
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    return Baseline.quantile(sorted, 0.5);
  }
}
