// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.nio.charset.StandardCharsets;

/**
 * One log line: a cursor that a decoder moves from line to line. It and its bytes hold only for the
 * call that they are given to; who keeps a line copies what is needed.
 *
 * <p>The text is valid UTF-8 without NUL, never empty, and without the line's end; line ends within
 * it are those of a message of several lines.
 */
public final class LogLine {
  /** No trace id is longer, in bytes; what is longer is none. */
  public static final int LONGEST_TRACE = 128;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int from;
  private int to;
  private boolean cut;
  private TextFormat format = TextFormat.TEXT;
  private long time;
  private long arrival;
  private Severity severity = Severity.UNKNOWN;
  private LogSource source = LogSource.NONE;
  private long stream;
  private byte[] traceBytes = NOTHING;
  private int traceFrom;
  private int traceTo;

  /** Sets the text, from (inclusive) to (exclusive). */
  public LogLine setText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    return this;
  }

  /** Sets whether the text was longer than the limit. */
  public LogLine setCut(boolean cut) {
    this.cut = cut;
    return this;
  }

  public LogLine setFormat(TextFormat format) {
    this.format = format;
    return this;
  }

  /** Sets the event time, ms since the epoch. */
  public LogLine setTime(long time) {
    this.time = time;
    return this;
  }

  /** Sets when the record was written to Kafka, ms since the epoch. */
  public LogLine setArrival(long arrival) {
    this.arrival = arrival;
    return this;
  }

  public LogLine setSeverity(Severity severity) {
    this.severity = severity;
    return this;
  }

  /** Sets who wrote it, and into which of its streams. */
  public LogLine setSource(LogSource source, long stream) {
    this.source = source;
    this.stream = stream;
    return this;
  }

  /** Sets the trace id, UTF-8; an empty range, or one that is too long, for none. */
  public LogLine setTrace(byte[] bytes, int from, int to) {
    this.traceBytes = bytes;
    this.traceFrom = from;
    this.traceTo = to - from > LONGEST_TRACE ? from : to;
    return this;
  }

  /** The array that the text lies in. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the text begins. */
  public int from() {
    return from;
  }

  /** Where the text ends, exclusive. */
  public int to() {
    return to;
  }

  /** Length of the text in bytes. */
  public int length() {
    return to - from;
  }

  /** Whether the line was longer than the limit, so that its end is missing. */
  public boolean isCut() {
    return cut;
  }

  public TextFormat format() {
    return format;
  }

  /** Event time, ms since the epoch. */
  public long time() {
    return time;
  }

  /**
   * When the record was written to Kafka, ms since the epoch: on one clock for all lines of a
   * stream, also for those that carry no time of their own.
   */
  public long arrival() {
    return arrival;
  }

  public Severity severity() {
    return severity;
  }

  public LogSource source() {
    return source;
  }

  /**
   * A number for what the line was written into, in order: the source's container and its standard
   * output or error, or a file. Lines of one stack trace share it.
   */
  public long stream() {
    return stream;
  }

  /** The array that the trace id lies in. */
  public byte[] traceBytes() {
    return traceBytes;
  }

  /** Where the trace id begins. */
  public int traceFrom() {
    return traceFrom;
  }

  /** Where the trace id ends, exclusive; {@link #traceFrom} if there is none. */
  public int traceTo() {
    return traceTo;
  }

  /** A copy of the text. */
  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** A copy of the trace id; empty if there is none. */
  public String trace() {
    return new String(traceBytes, traceFrom, traceTo - traceFrom, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return time + " " + severity + " " + source.name() + ": " + text();
  }
}
