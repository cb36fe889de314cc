// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.logs.JsonScanner.Kind;
import io.tocsin.models.telemetry.Severity;

/** JSON objects, one after the other or in an array, with the fields where they are configured. */
final class JsonDecoder implements LogDecoder {
  /** No name of a source, time, severity or trace id is longer. */
  private static final int LONGEST_WORD = 512;

  private static final LogField[] OF_SOURCE = {
    LogField.NAMESPACE,
    LogField.SERVICE,
    LogField.POD,
    LogField.HOST,
    LogField.CONTAINER,
    LogField.STREAM
  };

  private final FieldTree wanted;
  private final SeverityNumbers numbers;
  private final Arena arena = new Arena();
  private final LineEnd end;
  private final Timestamps timestamps;
  private final LogSources sources;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonText text = new JsonText(scanner, arena);

  JsonDecoder(LogInputSettings settings) {
    wanted = FieldTree.of(settings.allFields());
    numbers = settings.numbers();
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
    word(LogField.TRACE);
    end.line().setTrace(text.bytes(), text.from(), text.to());
    end.time(time());
    Severity severity = severity();
    // One byte more than the limit, so that it is seen to be too long.
    text.read(LogField.MESSAGE, end.maxLineBytes() + 1);
    end.emit(text.bytes(), text.from(), text.to(), severity, true);
  }

  private void source() {
    sources.begin();
    for (LogField field : OF_SOURCE) {
      word(field);
      sources.put(text.bytes(), text.from(), text.to());
    }
    sources.end();
    end.line().setSource(sources.source(), sources.stream());
  }

  private long time() {
    if (!word(LogField.TIME)) {
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

  private Severity severity() {
    if (!word(LogField.SEVERITY)) {
      return Severity.UNKNOWN;
    }
    long number = number();
    if (number >= 0) {
      return numbers.of(number);
    }
    Severity named = Severity.ofWord(text.bytes(), text.from(), text.to());
    return named == null ? Severity.UNKNOWN : named;
  }

  /** The text as a number of at most three digits; -1 if it is none. */
  private int number() {
    int value = 0;
    for (int i = text.from(); i < text.to(); i++) {
      int digit = text.bytes()[i] - '0';
      if (digit < 0 || digit > 9 || i - text.from() >= 3) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return text.from() == text.to() ? -1 : value;
  }

  /** Moves to a field that is a word; one of another type is as if it were not there. */
  private boolean word(LogField field) {
    Kind kind = scanner.kind(field);
    if (kind == Kind.OBJECT || kind == Kind.ARRAY || kind == Kind.BOOLEAN) {
      end.sink().flawed(LogRejection.WRONG_TYPE);
      text.none();
      return false;
    }
    return text.read(field, LONGEST_WORD);
  }
}
