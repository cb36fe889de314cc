// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import java.util.Arrays;

/**
 * How a series left its baseline, to the side to which it left it most.
 *
 * <p>It begins where Page's cumulative sum of what exceeds the usual leaves zero for the run in
 * which it grows highest, so that a slow ramp is dated to where it began, not to where it was
 * noticed.
 *
 * @param severity in spreads, what it reaches in the upper quarter of the time since
 * @param onset of its first sample, ms since the epoch
 * @param observed the value at its most unusual
 */
public record Excursion(Direction direction, double severity, long onset, double observed) {
  /** What is allowed to exceed in each sample, in spreads. */
  private static double ALLOWANCE() { return Tune.p("allow", 1); }

  /** A sample adds no more than this, so that a lone one is no run. */
  private static double MOST() { return Tune.p("cmost", 6); }

  /** Of samples; there must be at least one. */
  public static Excursion of(Baseline baseline, long[] times, double[] values, int from, int to) {
    Excursion up = of(baseline, times, values, from, to, 1);
    Excursion down = of(baseline, times, values, from, to, -1);
    return up.severity >= down.severity ? up : down;
  }

  private static Excursion of(
      Baseline baseline, long[] times, double[] values, int from, int to, int sign) {
    double sum = 0;
    double most = 0;
    int begin = from;
    int onset = from; int end = to;
    int worst = from;
    double[] z = new double[to - from];
    for (int i = from; i < to; i++) {
      double s = Math.max(0, sign * baseline.severity(values[i]));
      z[i - from] = s;
      sum += Math.min(s, MOST()) - ALLOWANCE();
      if (sum <= 0) {
        sum = 0;
        begin = i + 1;
      } else if (sum > most) {
        most = sum;
        onset = begin; end = i + 1;
      }
      worst = z[i - from] > z[worst - from] ? i : worst;
    }
    int mode = (int) Tune.p("since", 1);
    double[] w = mode == 0 ? z.clone() : Arrays.copyOfRange(z, onset - from, (mode == 1 ? to : end) - from);
    Arrays.sort(w);
    double q = Tune.p("q", 0.75) * (w.length - 1); int lo = (int) q, hi = Math.min(lo + 1, w.length - 1);
    double severity = w[lo] + (q - lo) * (w[hi] - w[lo]);
    double[] recent = new double[Math.min(3, from)];
    for (int i = 0; i < recent.length; i++) recent[i] = Math.max(0, sign * baseline.severity(values[from - 1 - i]));
    Arrays.sort(recent);
    if (recent.length > 0) severity = Math.max(0, severity - Tune.p("news", 1) * recent[recent.length / 2]);
    return new Excursion(sign > 0 ? Direction.UP : Direction.DOWN, severity, times[onset], values[worst]);
  }
}
