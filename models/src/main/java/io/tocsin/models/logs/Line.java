// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/** One line, as the scorer takes it in; one instance for all lines. */
public final class Line {
  byte[] text = {};
  int from;
  int to;
  byte level;
  long time;
  long arrival;

  /** Stands on a text: bytes of UTF-8, from one place to before another. */
  public Line text(byte[] bytes, int begin, int end) {
    text = bytes;
    from = begin;
    to = end;
    return this;
  }

  /**
   * How severe it is, and when it was written and received.
   *
   * @param severity a {@link LogLevel}'s number
   * @param written as the line tells, ms since the epoch
   * @param received ms since the epoch
   */
  public Line of(byte severity, long written, long received) {
    level = severity;
    time = written;
    arrival = received;
    return this;
  }
}
