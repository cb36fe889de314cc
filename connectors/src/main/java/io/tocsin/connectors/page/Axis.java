// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a chart: what it shows, and where it has lines.
 *
 * @param low the least that is shown
 * @param high the most that is shown, more than the least
 * @param step the distance between two lines; they stand at its multiples
 */
record Axis(double low, double high, double step) {
  private static final double[] TIMES = {
    60e3, 120e3, 300e3, 600e3, 900e3, 1_800e3, 3_600e3, 7_200e3, 21_600e3
  };

  /** For times in ms, with no more than so many lines, at whole minutes. */
  static Axis ofTimes(double low, double high, int most) {
    double end = Math.max(high, low + 1);
    for (double step : TIMES) {
      if ((end - low) / step <= most) {
        return new Axis(low, end, step);
      }
    }
    return new Axis(low, end, (end - low) / most);
  }

  /**
   * For values, with some room above and below that lines fill, and about so many lines.
   *
   * @param binary whether they are counted in powers of two, as bytes are
   */
  static Axis ofValues(double low, double high, int lines, boolean binary) {
    double top = low == 0 && high == 0 ? 1 : high;
    // What hardly differs is shown as hardly differing.
    double span = Math.max(top - low, Math.max(Math.abs(top), Math.abs(low)) * 1e-3);
    // Zero is shown when it is near: how large something is, is then seen.
    double from = low >= 0 && low < span ? 0 : low - span / 20;
    double to = low < 0 && top <= 0 && top > -span ? 0 : top + span / 20;
    double step = binary ? powerOfTwo((to - from) / lines) : round((to - from) / lines);
    return new Axis(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  private static double powerOfTwo(double least) {
    return Math.scalb(1.0, Math.getExponent(least) + 1);
  }

  /** The least of 1, 2 and 5 times a power of ten that is no less than this. */
  private static double round(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double times : new double[] {1, 2, 5}) {
      if (power * times >= least) {
        return power * times;
      }
    }
    return power * 10;
  }

  /** Where lines stand. */
  List<Double> lines() {
    List<Double> lines = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + step * 1e-9; i++) {
      lines.add(i * step);
    }
    return lines;
  }

  /** How far along the axis a value stands: 0 at its low end, 1 at its high end. */
  double share(double value) {
    return (value - low) / (high - low);
  }
}
