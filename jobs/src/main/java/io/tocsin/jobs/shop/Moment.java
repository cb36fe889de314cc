package io.tocsin.jobs.shop;

import java.util.List;

/**
 * A step of time as one pod lives it.
 *
 * @param time its end, event time in ms since the epoch
 * @param seconds its length
 * @param service what the pod is a copy of
 * @param condition how that service fares
 * @param rate requests per second that this pod answers
 * @param age how long the process has run, in seconds
 * @param faults all that goes wrong anywhere
 * @param demand requests per second of the shop's customers
 * @param dice the pod's own chance
 */
record Moment(
    long time,
    double seconds,
    Service service,
    Condition condition,
    double rate,
    double age,
    List<Fault> faults,
    double demand,
    Dice dice) {

  /** How many events of this rate happen within the step. */
  double count(double perSecond) {
    return dice.poisson(perSecond * seconds);
  }

  /** A value with some noise: a part of it, one standard deviation. */
  double noisy(double value, double part) {
    return Math.max(0, value * (1 + part * dice.normal()));
  }
}
