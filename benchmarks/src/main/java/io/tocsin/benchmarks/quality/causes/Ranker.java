// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

/** Somebody who names causes. */
interface Ranker {
  /** Its part of the names of figures. */
  String name();

  Answer rank(FailureCase failure, Moment moment);

  /**
   * When it is asked.
   *
   * @param since when it is said to have begun, ms since the epoch
   * @param exact whether it began then; else that is when it was noticed
   * @param now where what is known ends
   */
  record Moment(long since, boolean exact, long now) {}
}
