// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.logs.JsonScanner.Kind;
import io.tocsin.models.telemetry.Severity;

/** JSON objects, one after the other or in an array, with the fields where they are configured. */
final class JsonDecoder implements LogDecoder {
  private static final LogField[] OF_SOURCE = {
    LogField.NAMESPACE,
    LogField.SERVICE,
    LogField.POD,
    LogField.HOST,
    LogField.CONTAINER,
    LogField.STREAM
  };

  private static final FieldTree INNER = FieldTree.of(UsualFields.EMBEDDED);

  private final FieldTree wanted;
  private final SeverityNumbers numbers;
  private final boolean ofSyslog;
  private final Arena arena = new Arena();
  private final LineEnd end;
  private final Timestamps timestamps;
  private final LogSources sources;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonText text = new JsonText(scanner, arena);
  private final JsonScanner innerScanner = new JsonScanner();
  private final JsonText innerText = new JsonText(innerScanner, arena);

  JsonDecoder(LogInputSettings settings) {
    wanted = FieldTree.of(settings.allFields());
    numbers = settings.numbers();
    ofSyslog = settings.format() == LogFormat.RSYSLOG_JSON;
    end = new LineEnd(settings, arena);
    timestamps = new Timestamps(settings.zone());
    sources = new LogSources(settings.namespace(), settings.service());
  }

  @Override
  public void decode(byte[] record, int from, int to, long kafkaTime, LogSink sink) {
    end.begin(kafkaTime, sink);
    text.begin(record);
    int at = between(record, from, to);
    if (at == to) {
      sink.flawed(LogRejection.EMPTY);
    }
    while (at < to) {
      int after = scanner.scan(record, at, to, wanted);
      if (after >= 0) {
        object(at, after);
      } else {
        LogRejection reason =
            after == JsonScanner.TRUNCATED
                ? LogRejection.TRUNCATED_JSON
                : LogRejection.MALFORMED_JSON;
        // Where one line is broken, the next may still be good.
        after = Math.min(to, TextDecoder.lineEnd(record, at, to) + 1);
        sink.rejected(reason, at, after);
      }
      at = between(record, after, to);
    }
  }

  /** Where the next object begins. */
  private static int between(byte[] record, int from, int to) {
    int at = JsonScanner.space(record, from, to);
    while (at < to && (record[at] == '[' || record[at] == ',' || record[at] == ']')) {
      at = JsonScanner.space(record, at + 1, to);
    }
    return at;
  }

  private void object(int from, int to) {
    if (scanner.kind(LogField.MESSAGE) == Kind.ABSENT) {
      end.sink().rejected(LogRejection.NO_MESSAGE, from, to);
      return;
    }
    arena.clear();
    source();
    text.readWord(LogField.TRACE, end.sink());
    end.line().setTrace(text.bytes(), text.from(), text.to());
    end.time(time());
    Severity severity = text.readSeverity(numbers, end.sink());
    readMessage(text);
    if (text.isObject() && embedded(severity)) {
      return;
    }
    // rsyslog leaves the space that a traditional sender puts after the tag.
    boolean spaced = ofSyslog && text.to() > text.from() && text.bytes()[text.from()] == ' ';
    end.emit(text.bytes(), text.from() + (spaced ? 1 : 0), text.to(), severity, true);
  }

  private void readMessage(JsonText of) {
    // One byte more than the limit, so that it is seen to be too long.
    of.read(LogField.MESSAGE, end.maxLineBytes() + 1);
  }

  /** A message that is itself JSON: what a service logs as JSON, in what the shipper adds to it. */
  private boolean embedded(Severity outer) {
    byte[] json = text.bytes();
    int after = innerScanner.scan(json, text.from(), text.to(), INNER);
    if (after < 0 || innerScanner.kind(LogField.MESSAGE) == Kind.ABSENT) {
      return false;
    }
    innerText.begin(json);
    if (innerText.readWord(LogField.TRACE, end.sink())) {
      end.line().setTrace(innerText.bytes(), innerText.from(), innerText.to());
    }
    Severity inner = innerText.readSeverity(numbers, end.sink());
    readMessage(innerText);
    end.emit(
        innerText.bytes(),
        innerText.from(),
        innerText.to(),
        inner == Severity.UNKNOWN ? outer : inner,
        true);
    return true;
  }

  private void source() {
    sources.begin();
    for (LogField field : OF_SOURCE) {
      text.readWord(field, end.sink());
      sources.put(text.bytes(), text.from(), text.to());
    }
    sources.end();
    end.line().setSource(sources.source(), sources.stream());
  }

  private long time() {
    if (!text.readWord(LogField.TIME, end.sink())) {
      return Timestamps.NONE;
    }
    long time = timestamps.iso(text.bytes(), text.from(), text.to());
    if (time == Timestamps.NONE) {
      time = timestamps.epoch(text.bytes(), text.from(), text.to());
    }
    if (time == Timestamps.NONE) {
      time = timestamps.syslog(text.bytes(), text.from(), text.to(), end.kafkaTime());
    }
    if (time == Timestamps.NONE) {
      end.sink().flawed(LogRejection.TIME);
    }
    return time;
  }
}
