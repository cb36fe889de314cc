// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;

/**
 * How long a silent series is remembered: for as long as it lived, within bounds. So what has been
 * learned over months outlasts a long outage, and pods that come and go leave nothing behind for
 * long.
 */
final class Expiry {
  private static final long MINUTE_MILLIS = 60_000;

  private final long least;
  private final long most;

  Expiry(SeriesSettings settings) {
    least = settings.expiry().toMillis();
    most = settings.memory().toMillis();
  }

  /** Of the series of a base row, ms. */
  long of(Row base) {
    int origin = base.getInt(SeriesTable.ORIGIN);
    if (origin == SeriesTable.NO_ORIGIN) {
      return least;
    }
    if (origin < 0) {
      // It has learned from history, or for longer than is known.
      return most;
    }
    long lived = base.getLong(SeriesTable.LAST_TIME) - origin * MINUTE_MILLIS;
    return Math.max(least, Math.min(most, lived));
  }
}
