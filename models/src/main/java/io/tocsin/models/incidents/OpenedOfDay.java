// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/**
 * How many incidents were opened on a day.
 *
 * @param day days since the epoch, in UTC
 */
public record OpenedOfDay(long day, int incidents) {
  /** Before there were any. */
  public static final OpenedOfDay NONE = new OpenedOfDay(0, 0);

  OpenedOfDay next(long now) {
    return new OpenedOfDay(now, now == day ? incidents + 1 : 1);
  }
}
