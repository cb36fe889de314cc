// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.Severity;

/** Lines of text; a time at a line's beginning is the line's time, and stays in the text. */
final class TextDecoder implements LogDecoder {
  private static final byte[] NOTHING = {};

  private final LineEnd end;
  private final Timestamps timestamps;
  private final LogSources sources;

  TextDecoder(LogInputSettings settings) {
    end = new LineEnd(settings, new Arena());
    timestamps = new Timestamps(settings.zone());
    sources = new LogSources(settings.namespace(), settings.service());
  }

  @Override
  public void decode(byte[] record, int from, int to, long kafkaTime, LogSink sink) {
    end.begin(kafkaTime, sink);
    end.line().setSource(sources.source(), sources.stream()).setTrace(NOTHING, 0, 0);
    int at = from;
    do {
      int lineEnd = lineEnd(record, at, to);
      line(record, at, lineEnd);
      at = lineEnd + 1;
    } while (at < to);
  }

  private void line(byte[] record, int from, int to) {
    int start = from < to && (record[from] == '[' || record[from] == '(') ? from + 1 : from;
    end.time(timestamps.iso(record, start, to));
    end.emit(record, from, to, Severity.UNKNOWN, false);
  }

  static int lineEnd(byte[] record, int from, int to) {
    int at = from;
    while (at < to && record[at] != '\n') {
      at++;
    }
    return at;
  }
}
