// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import java.io.Serializable;

/**
 * What one body may hold at most. A body over a limit is rejected whole, before memory is taken for
 * it.
 *
 * @param maxBodyBytes bytes of the compressed body
 * @param maxDecodedBytes bytes of the uncompressed body
 * @param maxSeries series, and likewise metadata entries, of a body
 * @param maxSymbols symbols of a 2.0 body
 * @param maxLabels labels of a series
 * @param maxNameBytes UTF-8 bytes of a label's name
 * @param maxValueBytes UTF-8 bytes of a label's value
 * @param maxSamples samples of a body, and likewise native histograms and exemplars
 * @param maxHistogramBuckets buckets of one sign, or spans of them, of a native histogram
 */
public record RemoteWriteLimits(
    int maxBodyBytes,
    int maxDecodedBytes,
    int maxSeries,
    int maxSymbols,
    int maxLabels,
    int maxNameBytes,
    int maxValueBytes,
    int maxSamples,
    int maxHistogramBuckets)
    implements Serializable {

  /** Limits that no well-behaved sender meets. */
  public static final RemoteWriteLimits DEFAULTS =
      new RemoteWriteLimits(8 << 20, 32 << 20, 100_000, 500_000, 64, 1024, 4096, 1_000_000, 10_000);

  public RemoteWriteLimits {
    within("maxBodyBytes", maxBodyBytes, 1 << 28);
    within("maxDecodedBytes", maxDecodedBytes, 1 << 29);
    within("maxSeries", maxSeries, 10_000_000);
    within("maxSymbols", maxSymbols, 10_000_000);
    within("maxLabels", maxLabels, 1024);
    within("maxNameBytes", maxNameBytes, 1 << 20);
    within("maxValueBytes", maxValueBytes, 1 << 20);
    within("maxSamples", maxSamples, 100_000_000);
    within("maxHistogramBuckets", maxHistogramBuckets, 1 << 20);
  }

  private static void within(String name, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new IllegalArgumentException(
          name + " is " + value + ", it must be from 1 to " + highest);
    }
  }
}
