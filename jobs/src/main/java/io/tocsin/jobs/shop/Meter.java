// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** Some series of a pod that are measured together. */
interface Meter {
  /** Moves the series on to a moment. */
  void measure(Moment now);

  /** Begins anew, as the counters of a process do that is started again. */
  void restart();
}
