// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of one file of NAB, with the weight of a detection at each row, after {@code
 * nab/sweeper.py}.
 */
public final class NabFile {
  private static final double PROBATION = 0.15;
  private static final int MOST_PROBATION = 750;
  private static final double FAR = 3;
  private static final double STEEPNESS = 5;

  private final double[] scores;
  private final List<Segment> windows;
  private final int[] windowOf;

  /** Between -1 and 1, not yet weighted by a profile. */
  private final double[] weights;

  public NabFile(double[] scores, List<Segment> windows) {
    this.scores = scores;
    this.windows = List.copyOf(windows);
    this.windowOf = new int[scores.length];
    this.weights = new double[scores.length];
    Arrays.fill(windowOf, -1);
    weigh();
  }

  private void weigh() {
    for (int window = 0; window < windows.size(); window++) {
      Segment segment = windows.get(window);
      int width = width(segment);
      for (int i = segment.from(); i <= segment.to(); i++) {
        windowOf[i] = window;
        weights[i] = sigmoid(-(double) (segment.to() - i + 1) / width) / sigmoid(-1);
      }
    }
    int last = -1;
    for (int i = 0; i < scores.length; i++) {
      if (windowOf[i] >= 0) {
        last = windowOf[i];
      } else {
        weights[i] = last < 0 ? -1 : after(windows.get(last), i);
      }
    }
  }

  /** The further behind the last window, the worse. */
  private static double after(Segment window, int row) {
    return sigmoid((double) (row - window.to()) / (width(window) - 1));
  }

  private static int width(Segment window) {
    return window.to() - window.from() + 1;
  }

  private static double sigmoid(double position) {
    return position > FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * position)) - 1;
  }

  /** The first row that counts. */
  int countedFrom() {
    return Math.min((int) Math.floor(PROBATION * scores.length), MOST_PROBATION);
  }

  int length() {
    return scores.length;
  }

  double score(int row) {
    return scores[row];
  }

  /** The window that a row lies in, or -1. */
  int windowOf(int row) {
    return windowOf[row];
  }

  int windows() {
    return windows.size();
  }

  /** Whether a window has a row that counts. */
  boolean counts(int window) {
    return windows.get(window).to() >= countedFrom();
  }

  /** Number of windows that count. */
  int countedWindows() {
    int counted = 0;
    for (int window = 0; window < windows(); window++) {
      counted += counts(window) ? 1 : 0;
    }
    return counted;
  }

  /** What a detection at this row is worth. */
  double worth(int row, NabProfile profile) {
    return weights[row] * (windowOf[row] < 0 ? profile.falseAlarm() : profile.hit());
  }

  /** The score of the file at a threshold, not normalised. */
  public double total(double threshold, NabProfile profile) {
    double[] best = new double[windows()];
    Arrays.fill(best, Double.NaN);
    double total = 0;
    for (int row = countedFrom(); row < scores.length; row++) {
      if (scores[row] >= threshold) {
        if (windowOf[row] < 0) {
          total += worth(row, profile);
        } else if (!(best[windowOf[row]] >= worth(row, profile))) {
          best[windowOf[row]] = worth(row, profile);
        }
      }
    }
    for (int window = 0; window < windows(); window++) {
      if (counts(window)) {
        total += Double.isNaN(best[window]) ? -profile.miss() : best[window];
      }
    }
    return total;
  }
}
