// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The score of the Numenta Anomaly Benchmark over all files, after {@code nab/optimizer.py} and
 * {@code nab/runner.py}: 0 for detecting nothing, 100 for detecting all at once and nothing else.
 *
 * @param threshold from which score on a row is detected
 * @param score normalised
 */
public record NabScore(double threshold, double score) {
  /** NAB's threshold at which nothing is detected. */
  private static final double NOTHING = 1.1;

  /** The score at a threshold. */
  public static NabScore at(double threshold, List<NabFile> files, NabProfile profile) {
    double total = files.stream().mapToDouble(file -> file.total(threshold, profile)).sum();
    return new NabScore(threshold, normalised(total, files, profile));
  }

  /**
   * The score at the best of all thresholds, one for all files; NAB chooses it knowing the labels.
   */
  public static NabScore best(List<NabFile> files, NabProfile profile) {
    return new Sweep(files).best(profile);
  }

  private static double normalised(double total, List<NabFile> files, NabProfile profile) {
    int windows = files.stream().mapToInt(NabFile::countedWindows).sum();
    double nothing = -windows * profile.miss();
    return windows == 0 ? 0 : 100 * (total - nothing) / (windows * profile.hit() - nothing);
  }

  /** All rows that count, from the highest score to the lowest. */
  private static final class Sweep {
    private final List<NabFile> files;
    private final int[] fileOf;
    private final int[] rowOf;
    private final int[] order;

    Sweep(List<NabFile> files) {
      this.files = files;
      int rows = files.stream().mapToInt(file -> file.length() - file.countedFrom()).sum();
      fileOf = new int[rows];
      rowOf = new int[rows];
      int at = 0;
      for (int file = 0; file < files.size(); file++) {
        for (int row = files.get(file).countedFrom(); row < files.get(file).length(); row++) {
          fileOf[at] = file;
          rowOf[at++] = row;
        }
      }
      order =
          IntStream.range(0, rows)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -score(i)))
              .mapToInt(Integer::intValue)
              .toArray();
    }

    private double score(int index) {
      return files.get(fileOf[index]).score(rowOf[index]);
    }

    NabScore best(NabProfile profile) {
      double[][] hits = new double[files.size()][];
      double total = 0;
      for (int file = 0; file < hits.length; file++) {
        hits[file] = new double[files.get(file).windows()];
        Arrays.fill(hits[file], -profile.miss());
        total -= files.get(file).countedWindows() * profile.miss();
      }
      double best = total;
      double threshold = NOTHING;
      for (int i = 0; i < order.length; i++) {
        total += gain(order[i], hits, profile);
        boolean tied = i + 1 < order.length && score(order[i + 1]) == score(order[i]);
        if (!tied && total > best) {
          best = total;
          threshold = score(order[i]);
        }
      }
      return new NabScore(threshold, normalised(best, files, profile));
    }

    private double gain(int index, double[][] hits, NabProfile profile) {
      NabFile file = files.get(fileOf[index]);
      int row = rowOf[index];
      double worth = file.worth(row, profile);
      int window = file.windowOf(row);
      if (window < 0) {
        return worth;
      }
      double[] best = hits[fileOf[index]];
      double gain = Math.max(0, worth - best[window]);
      best[window] += gain;
      return gain;
    }
  }
}
