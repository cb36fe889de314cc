// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How rare residuals of one sign are: a threshold that a small share of them exceeds, followed by
 * stochastic approximation, and above it a generalised Pareto tail whose scale and shape follow
 * from the mean and the mean square of the excesses, exponentially weighted (A. Siffer et al.,
 * Anomaly Detection in Streams with Extreme Value Theory, 2017, made recursive by the method of
 * moments; no peaks are kept). So every series has its own measure of what is rare.
 *
 * <p>While few excesses were seen the scale is wider, and no excess is learned beyond some scales,
 * so that a finding does not become the usual at once. Until the warm-up is over only the mean
 * residual is learned; threshold and scale then start as multiples of it.
 *
 * <p>Holds offsets and settings; what is learned lies in the row.
 */
final class Tail {
  private static final int THRESHOLD = 0;
  private static final int SCALE = 4;
  private static final int EXCESSES = 8;

  /** Mean square of the excesses in scales, halved: 1 for an exponential tail. */
  private static final int RATIO = 12;

  static final int BYTES = 16;

  /** What threshold and scale start with, in mean residuals: those of a Gaussian, or wider. */
  private static final double FIRST_THRESHOLD = 2.5;

  private static final double FIRST_SCALE = 0.8;

  /** The scale is wider by this part for the first excess, by half of it for the second. */
  private static final double WIDER = 5;

  /** The mean excess starts as if it had been learned from so many. */
  private static final double FIRST_EXCESSES = 5;

  /** The mean excess remembers at least so many. */
  private static final double LEAST_EXCESSES = 60;

  /** No excess is learned beyond so many scales. */
  private static final double CLIP = 8;

  /** In mean residuals; beyond, the first residuals are not believed. */
  private static final double FIRST_CLIP = 8;

  private static final int FIRST_CLIPPED = 10;
  private static final double LEAST_STEP = 0.03;
  private static final int LONG_SEEN = 2500;

  /** A series that has begun from its siblings' knowledge has this weight of it. */
  private static final float INHERITED_EXCESSES = 3;

  /** The shape is that of the settings and of so many excesses together. */
  private static final double PRIOR_EXCESSES = 15;

  /** With a heavier tail, nothing would ever be rare. */
  private static final double MOST_SHAPE = 0.5;

  private static final int SHAPES = 32;

  private final BandSettings settings;
  private final double shareDigits;
  private final double memoryMillis;

  /** How many scales above the threshold the boundary lies, by shape. */
  private final double[] boundaries = new double[SHAPES + 1];

  private final int at;

  Tail(BandSettings settings, int at) {
    this.settings = settings;
    this.at = at;
    memoryMillis = settings.tailMemory().toMillis();
    shareDigits = -Math.log10(settings.tailShare());
    for (int i = 1; i <= SHAPES; i++) {
      double shape = i * MOST_SHAPE / SHAPES;
      boundaries[i] = (Math.pow(10, shape * (settings.boundary() - shareDigits)) - 1) / shape;
    }
  }

  /**
   * Minus the decimal logarithm of the probability that a residual is at least this large; 0 when
   * it does not exceed the threshold.
   *
   * @param floor least scale, in the unit of the residual
   */
  double digits(Row row, double residual, double floor) {
    double excess = residual - row.getFloat(at + THRESHOLD);
    if (!(excess > 0)) {
      return 0;
    }
    double shape = shape(row);
    return shareDigits + Math.log10(1 + shape * excess / scale(row, floor)) / shape;
  }

  /** The residual at which the boundary is reached. */
  double boundary(Row row, double floor) {
    return row.getFloat(at + THRESHOLD) + boundaryScales(row) * scale(row, floor);
  }

  private double boundaryScales(Row row) {
    return boundaries[(int) Math.ceil(shape(row) * SHAPES / MOST_SHAPE)];
  }

  /** Never lighter than the settings say: what was not seen yet may be farther out. */
  private double shape(Row row) {
    double least = settings.tailShape();
    double ratio = row.getFloat(at + RATIO);
    if (!(ratio > 1)) {
      return least;
    }
    double moments = Math.min(MOST_SHAPE, (ratio - 1) / (2 * ratio - 1));
    double excesses = row.getFloat(at + EXCESSES);
    double prior = PRIOR_EXCESSES / (PRIOR_EXCESSES + excesses);
    return Math.max(least, prior * least + (1 - prior) * moments);
  }

  private double scale(Row row, double floor) {
    return Math.max(row.getFloat(at + SCALE), floor)
        * (1 + WIDER / (row.getFloat(at + EXCESSES) + 1));
  }

  /** Learns one of the first residuals, of either sign. */
  void begin(Row row, double residual, int count) {
    double mean = row.getFloat(at + SCALE) / FIRST_SCALE;
    double size = Math.abs(residual);
    double believed = count < FIRST_CLIPPED ? size : Math.min(size, FIRST_CLIP * mean);
    mean += (believed - mean) / (count + 1);
    start(row, mean);
  }

  /**
   * Learns a residual.
   *
   * @param count how many were learned before
   * @param every so many ms one is learned
   */
  void learn(Row row, double residual, double floor, int count, double every) {
    double share = settings.tailShare();
    double threshold = row.getFloat(at + THRESHOLD);
    double scale = row.getFloat(at + SCALE);
    double step = Math.max(scale, floor) * step(count);
    double excess = residual - threshold;
    if (excess > 0) {
      double excesses = row.getFloat(at + EXCESSES) + 1;
      double remembered = memoryMillis / Math.max(1, every);
      double most = Math.max(LEAST_EXCESSES, remembered * share);
      double rate = Math.max(1 / most, 1 / (excesses + FIRST_EXCESSES));
      double believed = Math.min(excess, CLIP * Math.max(scale, floor));
      row.setFloat(at + EXCESSES, excesses);
      row.setFloat(at + SCALE, scale + rate * (believed - scale));
      double scales = believed / Math.max(scale, floor);
      double ratio = row.getFloat(at + RATIO);
      row.setFloat(at + RATIO, ratio + rate * (scales * scales / 2 - ratio));
      row.setFloat(at + THRESHOLD, threshold + step * (1 - share));
    } else {
      row.setFloat(at + THRESHOLD, threshold - step * share);
    }
  }

  /** Of the scale: what the threshold moves by. */
  private static double step(int count) {
    return count > LONG_SEEN ? LEAST_STEP : 0.5 / Math.sqrt(count + 1);
  }

  /** Makes an inherited tail one of which little is known yet. */
  void rejuvenate(Row row) {
    row.setFloat(at + EXCESSES, Math.min(row.getFloat(at + EXCESSES), INHERITED_EXCESSES));
  }

  /** Widens an inherited tail so that it holds another's, of a series whose level is so far off. */
  void join(Row row, Row other, double apart) {
    row.setFloat(
        at + THRESHOLD, Math.max(row.getFloat(at + THRESHOLD), other.getFloat(at + THRESHOLD)));
    double scale = Math.max(other.getFloat(at + SCALE), apart / boundaryScales(row));
    row.setFloat(at + SCALE, Math.max(row.getFloat(at + SCALE), scale));
  }

  /** The mean residual that the scale stands for. */
  double mean(Row row) {
    return row.getFloat(at + SCALE) / FIRST_SCALE;
  }

  /** Starts a tail as if residuals had this mean. */
  void start(Row row, double mean) {
    row.setFloat(at + THRESHOLD, FIRST_THRESHOLD * mean);
    row.setFloat(at + SCALE, FIRST_SCALE * mean);
    row.setFloat(at + RATIO, 1);
  }
}
