// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.function.ObjLongConsumer;

/**
 * How often each of a few things happened since the last {@link #drainTo}.
 *
 * @param <F> the things
 */
@SuppressWarnings("EnumOrdinal") // an array that is never stored: one increment per sample or line
public final class FateCounts<F extends Enum<F>> {
  private final F[] fates;
  private final long[] counts;

  /**
   * Counts nothing yet.
   *
   * @param fates all constants, in their order
   */
  public FateCounts(F[] fates) {
    this.fates = fates.clone();
    counts = new long[fates.length];
  }

  public void add(F fate) {
    add(fate, 1);
  }

  public void add(F fate, long times) {
    counts[fate.ordinal()] += times;
  }

  /** Gives away what was counted and starts from zero. */
  public void drainTo(ObjLongConsumer<F> sink) {
    for (F fate : fates) {
      if (counts[fate.ordinal()] != 0) {
        sink.accept(fate, counts[fate.ordinal()]);
        counts[fate.ordinal()] = 0;
      }
    }
  }
}
