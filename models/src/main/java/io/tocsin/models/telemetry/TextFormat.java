// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

/** What the text of a log line is. */
public enum TextFormat {
  /** The message field of a structured record; the rest of the record is not in the text. */
  JSON,
  /** {@code key=value} pairs, as by Go's loggers. */
  LOGFMT,
  /** Anything. */
  TEXT
}
