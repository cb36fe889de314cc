// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import io.tocsin.models.telemetry.NativeHistogram.Buckets;
import org.jspecify.annotations.Nullable;

/** The difference of two native histograms of one series. */
final class HistogramIncrease {
  private HistogramIncrease() {}

  /** What was observed between two histograms; {@code null} when the counter was reset. */
  static @Nullable NativeHistogram of(NativeHistogram now, NativeHistogram earlier) {
    if (now.reset() == NativeHistogram.Reset.YES
        || now.count() < earlier.count()
        || now.custom() != earlier.custom()) {
      return null;
    }
    if (now.custom()) {
      return now.sameBounds(earlier) ? difference(now, earlier) : null;
    }
    int schema = Math.min(now.schema(), earlier.schema());
    double threshold = commonThreshold(now, earlier);
    return difference(reduced(now, schema, threshold), reduced(earlier, schema, threshold));
  }

  /** A histogram at a coarser schema, two buckets into one per step, and a wider zero bucket. */
  private static NativeHistogram reduced(NativeHistogram from, int schema, double threshold) {
    NativeHistogram into = new NativeHistogram();
    into.clear(schema);
    into.total(from.count(), from.sum(), from.stale());
    double swallowed =
        reduce(from, from.positive(), threshold, into.schema(), into.positive())
            + reduce(from, from.negative(), threshold, into.schema(), into.negative());
    into.zero(threshold, from.zeroCount() + swallowed);
    return into;
  }

  private static double reduce(
      NativeHistogram from, Buckets side, double threshold, int schema, Buckets into) {
    double swallowed = 0;
    for (int n = 0; n < side.size(); n++) {
      if (from.upperBound(side.index(n)) <= threshold) {
        swallowed += side.count(n);
      } else {
        into.add(((side.index(n) - 1) >> (from.schema() - schema)) + 1, side.count(n));
      }
    }
    return swallowed;
  }

  /** The wider of both zero buckets, widened until it cuts no populated bucket of either. */
  private static double commonThreshold(NativeHistogram now, NativeHistogram earlier) {
    double threshold = Math.max(now.zeroThreshold(), earlier.zeroThreshold());
    double before;
    do {
      before = threshold;
      threshold = uncut(now, now.positive(), threshold);
      threshold = uncut(now, now.negative(), threshold);
      threshold = uncut(earlier, earlier.positive(), threshold);
      threshold = uncut(earlier, earlier.negative(), threshold);
    } while (threshold > before);
    return threshold;
  }

  private static double uncut(NativeHistogram histogram, Buckets side, double threshold) {
    for (int n = 0; n < side.size(); n++) {
      double upper = histogram.upperBound(side.index(n));
      if (side.count(n) > 0 && upper > threshold) {
        return histogram.upperBound(side.index(n) - 1) < threshold ? upper : threshold;
      }
    }
    return threshold;
  }

  /** The difference of two histograms of one layout; {@code null} when a bucket has shrunk. */
  private static @Nullable NativeHistogram difference(
      NativeHistogram now, NativeHistogram earlier) {
    NativeHistogram into = new NativeHistogram();
    into.clear(now.schema());
    into.total(now.count() - earlier.count(), now.sum() - earlier.sum(), false);
    into.zero(now.zeroThreshold(), now.zeroCount() - earlier.zeroCount());
    for (int i = 0; i < now.boundCount(); i++) {
      into.addBound(now.bound(i));
    }
    boolean grown =
        now.zeroCount() >= earlier.zeroCount()
            && subtract(now.positive(), earlier.positive(), into.positive())
            && subtract(now.negative(), earlier.negative(), into.negative());
    return grown ? into : null;
  }

  private static boolean subtract(Buckets now, Buckets before, Buckets into) {
    int b = 0;
    for (int n = 0; n < now.size(); n++) {
      while (b < before.size() && before.index(b) < now.index(n)) {
        if (before.count(b++) > 0) {
          return false;
        }
      }
      boolean both = b < before.size() && before.index(b) == now.index(n);
      double increase = now.count(n) - (both ? before.count(b++) : 0);
      if (increase < 0) {
        return false;
      }
      into.add(now.index(n), increase);
    }
    while (b < before.size() && before.count(b) == 0) {
      b++;
    }
    return b == before.size();
  }
}
