// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.rules.Role;

/** What was said of one value, for those who look at several series. Reused, so not to be kept. */
public final class Judged {
  /** The time of arrival is divided into ticks of this length, in ms. */
  public static final long TICK_MILLIS = 60_000;

  private static final long HOUR_MILLIS = 3_600_000;
  private static final byte[] NONE = {};

  private long entity;
  private long copy;
  private long key;
  private byte[] labels = NONE;
  private Role role = Role.EVIDENCE;
  private boolean first;
  private boolean deviates;
  private boolean labelsDue;
  private double deviation;
  private double score;

  /** The end of the tick that an arrival falls into, ms since the epoch. */
  public static long tick(long arrival) {
    return (Math.floorDiv(arrival, TICK_MILLIS) + 1) * TICK_MILLIS;
  }

  void set(long before, long arrival, double raw, Verdict verdict) {
    double most = Verdict.MAX_SCORE;
    deviation = Math.max(-most, Math.min(most, verdict.deviation()));
    score = raw;
    labelsDue = Math.floorDiv(before, HOUR_MILLIS) != Math.floorDiv(arrival, HOUR_MILLIS);
  }

  void about(SeriesPlaces places, int scoredRow, byte[] labelBytes) {
    entity = places.entity(scoredRow);
    copy = places.copy(scoredRow);
    key = places.key(scoredRow);
    labels = labelBytes;
  }

  void as(Role itsRole, boolean firstOfTick, boolean isWeakOrMore) {
    role = itsRole;
    first = firstOfTick;
    deviates = isWeakOrMore;
  }

  /** Hash of what the series is about, without its running copies. */
  public long entity() {
    return entity;
  }

  /** Hash of the running copy that the series is about; 0 when it is not about one of several. */
  public long copy() {
    return copy;
  }

  /** Hash of the series' name whichever copy runs; the same for all copies. */
  public long key() {
    return key;
  }

  /** As {@link io.tocsin.models.telemetry.LabelBytes}; never changed. */
  public byte[] labels() {
    return labels;
  }

  public Role role() {
    return role;
  }

  /** Whether it is the first of its series in its tick. */
  public boolean first() {
    return first;
  }

  /**
   * Whether the series is to be named: when it deviates, and with its first value in an hour of
   * arrival.
   */
  public boolean labelsDue() {
    return labelsDue || deviates;
  }

  /**
   * How far it lies from what was expected, in half-widths of the band; negative below. To any
   * side, and whether or not it was seen before.
   */
  public double deviation() {
    return deviation;
  }

  /** What the detector says of it: 1.0 is the boundary; 0 on a side that does not matter. */
  public double score() {
    return score;
  }
}
