// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

/** What became of samples, since the last {@link #drainTo}. */
@SuppressWarnings("EnumOrdinal") // an array by fate, never stored: one increment per sample
public final class SampleCounts {
  /** The fate of a sample; each but {@link #SCORED} and {@link #TRACKED} is an oddity. */
  public enum Fate {
    /** Judged by a detector, by itself or as part of a rate or quantile. */
    SCORED,
    /**
     * Taken in without a verdict: of an ignored series, where a counter begins, or anew, or what
     * the second of a pair of senders has scraped right after the first.
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

  /** Takes a count. */
  public interface Sink {
    void add(Fate fate, long count);
  }

  private static final Fate[] FATES = Fate.values();
  private final long[] counts = new long[FATES.length];

  void add(Fate fate) {
    counts[fate.ordinal()]++;
  }

  /** Gives away what was counted and starts from zero. */
  public void drainTo(Sink sink) {
    for (Fate fate : FATES) {
      if (counts[fate.ordinal()] != 0) {
        sink.add(fate, counts[fate.ordinal()]);
        counts[fate.ordinal()] = 0;
      }
    }
  }
}
