// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;

/**
 * How unusual a series has been at each hour of the week: what comes every week is told twice, and
 * then no more. Holds offsets; what is learned lies in the row and in the profile.
 */
final class Recurrence {
  private static final int REACHED = 0;
  static final int BYTES = Float.BYTES;

  /** What an hour is known for must be exceeded by this factor. */
  private static final double MARGIN = 1.2;

  private final int at;
  private final HourMemory hours;

  /**
   * @param at where its part of the row begins
   * @param hoursAt where its part of the profile begins
   */
  Recurrence(int at, int hoursAt) {
    this.at = at;
    this.hours = new HourMemory(HourMemory.WEEK, hoursAt);
  }

  /** Whether something as unusual was seen at this hour of earlier weeks. */
  boolean knows(Row profile, double score, Sample sample) {
    return score > 0 && score <= MARGIN * hours.around(profile, sample.hour);
  }

  /** Learns how unusual a sample was. */
  void learn(Row row, Row profile, double score, Sample sample) {
    if (sample.hour != sample.lastHour) {
      hours.learn(profile, sample.lastHour, row.getFloat(at + REACHED));
      row.setFloat(at + REACHED, 0);
    }
    row.setFloat(at + REACHED, Math.max(row.getFloat(at + REACHED), score));
  }

  /** Forgets the hour under way. */
  void startHour(Row row) {
    row.setFloat(at + REACHED, 0);
  }
}
