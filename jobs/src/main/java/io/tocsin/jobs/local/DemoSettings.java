// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.shop.FaultKind;
import java.time.Duration;

/**
 * What the demo is told.
 *
 * @param seed of the shop
 * @param fault what breaks
 * @param healthy how long the shop is healthy before that
 * @param once whether the demo ends when the incident has been resolved
 */
record DemoSettings(long seed, FaultChoice fault, Duration healthy, boolean once) {
  /** What breaks unless somebody wants something else. */
  static final FaultChoice USUAL = new FaultChoice("payments", FaultKind.BAD_DEPLOY);
}
