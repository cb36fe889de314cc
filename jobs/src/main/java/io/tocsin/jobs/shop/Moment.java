// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/**
 * A step of time as one pod lives it.
 *
 * @param service what the pod is a copy of
 * @param condition how that service fares
 * @param rate requests per second that this pod answers
 * @param age how long the process has run, in seconds
 * @param dice the pod's own chance
 */
record Moment(Step step, Service service, Condition condition, double rate, double age, Dice dice) {
  double seconds() {
    return step.seconds();
  }

  long time() {
    return step.time();
  }

  /** How many events of this rate happen within the step. */
  double count(double perSecond) {
    return dice.poisson(perSecond * step.seconds());
  }

  /** A value with some noise: a part of it, one standard deviation. */
  double noisy(double value, double part) {
    return Math.max(0, value * (1 + part * dice.normal()));
  }
}
