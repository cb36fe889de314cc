// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import io.tocsin.models.telemetry.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that a decoder said about some records. */
final class Read implements LogSink {
  static final long KAFKA_TIME = 1_763_644_677_000L;

  final List<Line> lines = new ArrayList<>();
  final List<LogRejection> flaws = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();

  /** What a line was when it was handed on. */
  record Line(
      String text,
      long time,
      Severity severity,
      LogSource source,
      long stream,
      String trace,
      boolean cut,
      TextFormat format) {}

  record Rejected(LogRejection reason, int from, int to) {}

  static Read of(LogInputSettings settings, String record) {
    return of(settings, record.getBytes(StandardCharsets.UTF_8));
  }

  static Read of(LogInputSettings settings, byte[] record) {
    Read read = new Read();
    LogDecoder.of(settings).decode(record, 0, record.length, KAFKA_TIME, read);
    return read;
  }

  static Read of(LogFormat format, String record) {
    return of(LogInputSettings.of("logs", format), record);
  }

  @Override
  public void line(LogLine line) {
    lines.add(
        new Line(
            line.text(),
            line.time(),
            line.severity(),
            line.source(),
            line.stream(),
            line.trace(),
            line.isCut(),
            line.format()));
  }

  @Override
  public void flawed(LogRejection reason) {
    flaws.add(reason);
  }

  @Override
  public void rejected(LogRejection reason, int from, int to) {
    rejected.add(new Rejected(reason, from, to));
  }

  List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  List<LogRejection> reasons() {
    return rejected.stream().map(Rejected::reason).toList();
  }

  Line line(int index) {
    return lines.get(index);
  }

  /** The only line. */
  Line line() {
    if (lines.size() != 1) {
      throw new AssertionError(lines + " " + flaws + " " + rejected);
    }
    return lines.get(0);
  }
}
