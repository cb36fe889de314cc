// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/**
 * Something that goes wrong for a while.
 *
 * @param service the service it happens to
 * @param kind what happens
 * @param from when it begins, event time in ms since the epoch
 * @param until when it ends, event time in ms since the epoch
 */
public record Fault(String service, FaultKind kind, long from, long until) {
  private static final double RECOVERY_MILLIS = 10_000;

  public Fault {
    if (until < from) {
      throw new IllegalArgumentException("a fault cannot end before it begins");
    }
    if (!kind.canHappenTo(Topology.service(service))) {
      throw new IllegalArgumentException(kind.word() + " cannot happen to " + service);
    }
  }

  /** The same fault, ended at a time. */
  public Fault endingAt(long time) {
    return new Fault(service, kind, from, Math.max(from, time));
  }

  /** Its force at a time, from 0 to 1: it grows to full force and soon fades when it has ended. */
  double force(long time) {
    if (time < from) {
      return 0;
    }
    double grown = Math.min(1, (Math.min(time, until) - from) / (kind.rampSeconds() * 1000.0));
    double faded = time <= until ? 0 : (time - until) / RECOVERY_MILLIS;
    return grown * Math.max(0, 1 - faded);
  }
}
