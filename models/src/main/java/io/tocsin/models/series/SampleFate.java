// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

/** What becomes of a sample; each but {@link #SCORED} and {@link #TRACKED} is an oddity. */
public enum SampleFate {
  /** Judged by a detector, by itself or as part of a rate or quantile. */
  SCORED,
  /**
   * Taken in without a verdict: of an ignored series, where a counter begins, or anew, or what the
   * second of a pair of senders has scraped right after the first.
   */
  TRACKED,
  /** Older than what its series has already shown. */
  LATE,
  /** The same timestamp and value again. */
  DUPLICATE,
  /** The same timestamp with another value; the first one stands. */
  CONFLICT,
  /** Further ahead of its arrival than can be believed. */
  FUTURE,
  /** The mark that a series has ended. */
  STALE,
  /** NaN or infinite. */
  NON_FINITE,
  /** A counter that began anew; counted as {@link #SCORED} or {@link #TRACKED} as well. */
  RESET,
  /** A hash that two label sets share; the second is not watched. */
  COLLISION,
  /** Over the limit of series. */
  REFUSED,
  /** Live, while its series is still learning from history, which will reach that time. */
  HELD_BACK
}
