// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.behaviour;

/** The same numbers from the same seed, for ever: splitmix64. */
final class Noise {
  private static final double UNIT = 0x1.0p-53;

  private long state;

  Noise(long seed) {
    state = seed * 0xBF58476D1CE4E5B9L;
  }

  /** A number from 0 to 1, any as likely. */
  double next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * UNIT;
  }
}
