// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.logs.SyslogHeader.Part;
import io.tocsin.models.telemetry.Severity;

/** Syslog lines; one without a header that can be read is text as a whole. */
final class SyslogDecoder implements LogDecoder {
  private static final byte[] NOTHING = {};

  private final boolean is5424;
  private final LineEnd end;
  private final LogSources sources;
  private final SyslogHeader header;

  SyslogDecoder(LogInputSettings settings) {
    is5424 = settings.format() == LogFormat.SYSLOG_RFC5424;
    end = new LineEnd(settings, new Arena());
    sources = new LogSources(settings.namespace(), settings.service());
    header = new SyslogHeader(new Timestamps(settings.zone()));
  }

  @Override
  public void decode(byte[] record, int from, int to, long kafkaTime, LogSink sink) {
    end.begin(kafkaTime, sink);
    end.line().setTrace(NOTHING, 0, 0);
    int at = from;
    do {
      int lineEnd = TextDecoder.lineEnd(record, at, to);
      line(record, at, lineEnd);
      at = lineEnd + 1;
    } while (at < to);
  }

  private void line(byte[] record, int from, int to) {
    boolean headed =
        is5424
            ? header.read5424(record, from, to)
            : header.readTraditional(record, from, to, end.kafkaTime());
    if (!headed) {
      if (from < to) {
        end.sink().flawed(LogRejection.HEADER);
      }
      sources.begin().end();
      emit(record, from, to, Timestamps.NONE, Severity.UNKNOWN);
      return;
    }
    sources
        .begin()
        .put(NOTHING, 0, 0)
        .put(record, header.from(Part.PROGRAM), header.to(Part.PROGRAM))
        .put(NOTHING, 0, 0)
        .put(record, header.from(Part.HOST), header.to(Part.HOST))
        .put(record, header.from(Part.PROCESS), header.to(Part.PROCESS))
        .end();
    emit(record, header.end(), to, header.time(), header.severity());
  }

  private void emit(byte[] record, int from, int to, long time, Severity severity) {
    end.line().setSource(sources.source(), sources.stream());
    end.time(time);
    end.emit(record, from, to, severity, false);
  }
}
