// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.measure;

/** What lies on the heap of this process. */
public final class Heap {
  /** What is found to be garbage in one collection may set free more in the next. */
  private static final int COLLECTIONS = 4;

  private Heap() {}

  /** Bytes in use after garbage was collected: the least of several times. */
  public static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
