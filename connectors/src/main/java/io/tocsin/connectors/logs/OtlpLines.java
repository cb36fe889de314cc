// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tocsin.models.telemetry.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes lines of OpenTelemetry's log records. */
final class OtlpLines {
  private static final LogField[] OF_SOURCE = {
    LogField.NAMESPACE,
    LogField.SERVICE,
    LogField.POD,
    LogField.HOST,
    LogField.CONTAINER,
    LogField.STREAM
  };

  /** What SDKs write when nobody has named the service. */
  private static final ByteString UNNAMED = ByteString.copyFromUtf8("unknown_service");

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS = 1_000_000;

  private final LogFields fields;
  private final LineEnd end;
  private final Arena arena;
  private final LogSources sources;
  private final OtlpText text;

  OtlpLines(LogInputSettings settings, LineEnd end, Arena arena) {
    this.fields = settings.allFields();
    this.end = end;
    this.arena = arena;
    sources = new LogSources(settings.namespace(), settings.service());
    text = new OtlpText(fields.message());
  }

  /** Hands on the lines of a request; returns how many records it has. */
  int read(ExportLogsServiceRequest request) {
    int records = 0;
    for (ResourceLogs resource : request.getResourceLogsList()) {
      List<KeyValue> attributes = resource.getResource().getAttributesList();
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          arena.clear();
          line(log, attributes);
          records++;
        }
      }
    }
    return records;
  }

  private void line(LogRecord log, List<KeyValue> resource) {
    sources.begin();
    for (LogField field : OF_SOURCE) {
      int from = put(value(field, log, resource));
      sources.put(arena.bytes(), from, arena.top());
    }
    sources.end();
    end.line().setSource(sources.source(), sources.stream());
    long nanos = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
    end.time(nanos == 0 ? Timestamps.NONE : Long.divideUnsigned(nanos, NANOS));
    trace(log, resource);
    Severity severity = severity(log, resource);
    int from = put(text.of(log));
    end.emit(arena.bytes(), from, arena.top(), severity, true);
  }

  private Severity severity(LogRecord log, List<KeyValue> resource) {
    if (log.getSeverityNumberValue() > 0) {
      return Severity.ofOtlp(log.getSeverityNumberValue());
    }
    Severity named = word(log.getSeverityTextBytes());
    return named == Severity.UNKNOWN ? word(value(LogField.SEVERITY, log, resource)) : named;
  }

  private static Severity word(ByteString text) {
    if (text.isEmpty() || text.size() > Severity.LONGEST_WORD) {
      return Severity.UNKNOWN;
    }
    Severity named = Severity.ofWord(text.toByteArray(), 0, text.size());
    return named == null ? Severity.UNKNOWN : named;
  }

  private void trace(LogRecord log, List<KeyValue> resource) {
    ByteString id = log.getTraceId();
    int from;
    if (id.isEmpty() || isZero(id)) {
      from = put(value(LogField.TRACE, log, resource));
    } else {
      arena.reserve(2 * id.size());
      from = arena.top();
      for (int i = 0; i < id.size(); i++) {
        arena.bytes()[from + 2 * i] = DIGITS[id.byteAt(i) >> 4 & 15];
        arena.bytes()[from + 2 * i + 1] = DIGITS[id.byteAt(i) & 15];
      }
      arena.keepTo(from + 2 * id.size());
    }
    end.line().setTrace(arena.bytes(), from, arena.top());
  }

  private static boolean isZero(ByteString id) {
    for (int i = 0; i < id.size(); i++) {
      if (id.byteAt(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first of the field's attributes that the record has, or else its resource. */
  private ByteString value(LogField field, LogRecord log, List<KeyValue> resource) {
    for (String name : fields.of(field)) {
      ByteString value = OtlpText.attribute(log.getAttributesList(), name);
      if (value.isEmpty()) {
        value = OtlpText.attribute(resource, name);
      }
      if (!value.isEmpty() && !(field == LogField.SERVICE && value.startsWith(UNNAMED))) {
        return value;
      }
    }
    return ByteString.EMPTY;
  }

  /** Puts text into the arena, of one that is too long a little more than the limit. */
  private int put(ByteString value) {
    int length = Math.min(value.size(), end.maxLineBytes() + 1);
    arena.reserve(length);
    int from = arena.top();
    value.substring(0, length).copyTo(arena.bytes(), from);
    arena.keepTo(from + length);
    return from;
  }
}
