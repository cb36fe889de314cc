// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;

/**
 * OpenTelemetry's requests, which hold many lines, as protobuf or JSON. A request is read whole
 * before its first line is handed on, so one that is broken gives no line.
 */
final class OtlpDecoder implements LogDecoder {
  private final boolean json;
  private final LineEnd end;
  private final OtlpLines lines;

  OtlpDecoder(LogInputSettings settings) {
    json = settings.format() == LogFormat.OTLP_JSON;
    Arena arena = new Arena();
    end = new LineEnd(settings, arena);
    lines = new OtlpLines(settings, end, arena);
  }

  @Override
  public void decode(byte[] record, int from, int to, long kafkaTime, LogSink sink) {
    end.begin(kafkaTime, sink);
    try {
      ExportLogsServiceRequest request =
          json ? OtlpJson.read(record, from, to) : read(record, from, to);
      if (request == null) {
        sink.rejected(LogRejection.NO_MESSAGE, from, to);
        return;
      }
      if (lines.read(request) == 0) {
        sink.flawed(LogRejection.EMPTY);
      }
    } catch (InvalidProtocolBufferException e) {
      sink.rejected(LogRejection.MALFORMED_PROTOBUF, from, to);
    } catch (JsonProcessingException e) {
      boolean early = e instanceof JsonEOFException;
      sink.rejected(early ? LogRejection.TRUNCATED_JSON : LogRejection.MALFORMED_JSON, from, to);
    } catch (IOException e) {
      sink.rejected(LogRejection.MALFORMED_JSON, from, to);
    }
  }

  /** Other messages often parse as well, but leave fields that are not known. */
  private static ExportLogsServiceRequest read(byte[] record, int from, int to)
      throws InvalidProtocolBufferException {
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.parser().parseFrom(record, from, to - from);
    if (request.getResourceLogsCount() == 0 && request.getSerializedSize() > 0) {
      throw new InvalidProtocolBufferException("there are only unknown fields");
    }
    return request;
  }
}
