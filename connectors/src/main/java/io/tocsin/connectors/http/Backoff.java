// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.http;

import java.time.Duration;

/** How long to wait before something is sent again. */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 120_000;
  private static final int MOST_DOUBLINGS = 7;

  private Backoff() {}

  /**
   * Twice as long after each failure, and no shorter than the other side asks for.
   *
   * @param failures in a row before this one
   * @param retryAfter what the other side said, in seconds, or empty
   */
  public static Duration after(int failures, String retryAfter) {
    long doubled = FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS);
    long asked = retryAfter.matches("\\d{1,5}") ? Long.parseLong(retryAfter) * 1_000 : 0;
    return Duration.ofMillis(Math.min(LONGEST_MILLIS, Math.max(doubled, asked)));
  }
}
