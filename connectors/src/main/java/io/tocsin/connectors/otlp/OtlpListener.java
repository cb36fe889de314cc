// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.tocsin.connectors.otlp.OtlpExporter.Signal;

/** Hears what becomes of what is sent to a collector, to count it; must not block. */
public interface OtlpListener {
  /** An attempt to send a request has ended. */
  void attempted(Signal signal, OtlpOutcome outcome);

  /** A request is not sent, or not sent again: others took its place, or it was refused. */
  void dropped(Signal signal, Reason reason);

  /** Why a request is given up. */
  enum Reason {
    /** Too many waited, and this was the oldest. */
    OVERFLOW,
    /** Newer metrics took the place of these before they were sent. */
    SUPERSEDED,
    /** The collector will never take it. */
    REFUSED
  }
}
