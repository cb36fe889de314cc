// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.telemetry.LogLine;

/** Takes lines that are complete. */
public interface JoinedLines {

  /** One line, perhaps of several; it and its bytes hold only for this call. */
  void line(LogLine line);
}
