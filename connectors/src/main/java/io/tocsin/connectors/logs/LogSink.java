// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.LogLine;

/** Takes what a {@link LogDecoder} reads. */
public interface LogSink {

  /** One line; it and its bytes hold only for this call. */
  void line(LogLine line);

  /** Something was wrong that was mended or passed over; to be counted. */
  void flawed(LogRejection reason);

  /**
   * A part of the record could not be read; to be counted and set aside.
   *
   * @param from where that part begins in the record's array
   * @param to where it ends, exclusive
   */
  void rejected(LogRejection reason, int from, int to);
}
