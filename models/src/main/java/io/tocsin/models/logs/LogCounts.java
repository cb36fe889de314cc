// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/** What became of lines. */
@SuppressWarnings("EnumOrdinal") // counted in an array that never leaves this class
public final class LogCounts {
  /** What becomes of a line. */
  public enum Fate {
    /** Counted in the interval of its time, or of its arrival. */
    COUNTED,
    /** Learned and not counted: it was held back for too long. */
    LATE,
    /** Of one service too many. */
    REFUSED
  }

  /** Takes counts. */
  public interface Sink {
    void count(Fate fate, long lines);
  }

  private static final Fate[] FATES = Fate.values();

  private final long[] counts = new long[FATES.length];

  void add(Fate fate) {
    counts[fate.ordinal()]++;
  }

  /** Gives what was counted since the last time. */
  public void drainTo(Sink sink) {
    for (Fate fate : FATES) {
      if (counts[fate.ordinal()] > 0) {
        sink.count(fate, counts[fate.ordinal()]);
        counts[fate.ordinal()] = 0;
      }
    }
  }
}
