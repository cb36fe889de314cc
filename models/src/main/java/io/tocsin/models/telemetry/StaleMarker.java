// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

/** Prometheus' mark for a series that has ended: the value is one certain NaN. */
public final class StaleMarker {
  /** The raw bits of that NaN; comparing values would not tell it from others. */
  public static final long BITS = 0x7FF0000000000002L;

  private StaleMarker() {}
}
