// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;

/**
 * What all decoders do with a line last: the text is cut and mended, the time is weighed against
 * Kafka's, and the line is handed on.
 */
final class LineEnd {
  private final Arena arena;
  private final LogLine line = new LogLine();
  private final int maxLineBytes;
  private final long maxPast;
  private final long maxFuture;

  private LogSink sink = Discard.INSTANCE;
  private long kafkaTime;

  /** What stands where no record has been begun. */
  private enum Discard implements LogSink {
    INSTANCE;

    @Override
    public void line(LogLine line) {}

    @Override
    public void flawed(LogRejection reason) {}

    @Override
    public void rejected(LogRejection reason, int from, int to) {}
  }

  LineEnd(LogInputSettings settings, Arena arena) {
    this.arena = arena;
    maxLineBytes = settings.maxLineBytes();
    maxPast = settings.maxPast().toMillis();
    maxFuture = settings.maxFuture().toMillis();
  }

  /** Begins a record. */
  void begin(long kafkaTime, LogSink sink) {
    this.kafkaTime = kafkaTime;
    this.sink = sink;
    arena.clear();
    line.setArrival(kafkaTime);
  }

  /** The line to be filled: source and trace id, before {@link #emit}. */
  LogLine line() {
    return line;
  }

  LogSink sink() {
    return sink;
  }

  long kafkaTime() {
    return kafkaTime;
  }

  int maxLineBytes() {
    return maxLineBytes;
  }

  /**
   * Sets the event time.
   *
   * @param time ms since the epoch, or {@link Timestamps#NONE} where the record has none
   */
  void time(long time) {
    long weighed = time == Timestamps.NONE ? kafkaTime : time;
    if (kafkaTime > 0 && (weighed < kafkaTime - maxPast || weighed > kafkaTime + maxFuture)) {
      sink.flawed(LogRejection.CLOCK);
      weighed = kafkaTime;
    }
    line.setTime(weighed);
  }

  /**
   * Hands the line on with this text; the rest has been set.
   *
   * @param severity of the record; {@link Severity#UNKNOWN} where only the text can tell
   */
  void emit(byte[] bytes, int from, int to, Severity severity, boolean structured) {
    int end = withoutLineEnd(bytes, from, to);
    if (isBlank(bytes, from, end)) {
      sink.flawed(LogRejection.EMPTY);
      return;
    }
    boolean cut = end - from > maxLineBytes;
    if (cut) {
      sink.flawed(LogRejection.TOO_LONG);
      end = Utf8.boundary(bytes, from, from + maxLineBytes);
    }
    setText(bytes, from, end);
    line.setCut(cut);
    line.setFormat(format(line, structured));
    line.setSeverity(
        severity == Severity.UNKNOWN
            ? SeverityWords.in(line.bytes(), line.from(), line.to())
            : severity);
    sink.line(line);
  }

  private void setText(byte[] bytes, int from, int to) {
    int bad = Utf8.firstBad(bytes, from, to);
    if (bad == to) {
      line.setText(bytes, from, to);
      return;
    }
    count(bytes, bad, to);
    arena.reserve(3 * (to - from));
    int start = arena.top();
    int end = Utf8.mend(bytes, from, to, arena.bytes(), start);
    arena.keepTo(end);
    // Mended, it may be longer than it was.
    int limit = start + maxLineBytes;
    line.setText(
        arena.bytes(), start, end > limit ? Utf8.boundary(arena.bytes(), start, limit) : end);
  }

  private void count(byte[] bytes, int firstBad, int to) {
    boolean nul = false;
    boolean invalid = false;
    for (int bad = firstBad; bad < to; bad = Utf8.firstBad(bytes, bad + 1, to)) {
      nul |= bytes[bad] == 0;
      invalid |= bytes[bad] != 0;
    }
    if (nul) {
      sink.flawed(LogRejection.NUL);
    }
    if (invalid) {
      sink.flawed(LogRejection.INVALID_UTF8);
    }
  }

  private static int withoutLineEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ' && bytes[end - 1] != 0) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static TextFormat format(LogLine line, boolean structured) {
    if (Logfmt.is(line.bytes(), line.from(), line.to())) {
      return TextFormat.LOGFMT;
    }
    return structured ? TextFormat.JSON : TextFormat.TEXT;
  }
}
