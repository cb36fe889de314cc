// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import java.util.List;

/**
 * A step of the shop's time.
 *
 * @param time its end, event time in ms since the epoch
 * @param seconds its length
 * @param faults all that have been, are, or are known to come
 * @param demand requests per second of the shop's customers
 */
record Step(long time, double seconds, List<Fault> faults, double demand) {
  /** The same a little earlier, for what takes its time to be felt. */
  Step ago(long millis) {
    return new Step(time - millis, seconds, faults, demand);
  }
}
