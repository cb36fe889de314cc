// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;

/**
 * Under what a scored series and its relatives are found.
 *
 * @param siblings shared by the running copies of one workload
 * @param metric shared by all series of one metric
 */
record RelativeKeys(long siblings, long metric) {
  private static final long RATE = 0x632BE59BD9B4E019L;

  /**
   * The keys of a series. What a counter gains and what it stands at are no relatives.
   *
   * @param rate whether it is the increase that is scored
   */
  static RelativeKeys of(Labels labels, boolean rate) {
    return new RelativeKeys(
        key(SeriesHash.siblingsOf(labels), rate), key(SeriesHash.ofText(labels.metric()), rate));
  }

  private static long key(long hash, boolean rate) {
    return rate ? SeriesHash.finish(hash + RATE) : hash;
  }
}
