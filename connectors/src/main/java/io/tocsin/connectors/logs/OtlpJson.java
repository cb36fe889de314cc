// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's JSON: protobuf's, but for ids in hexadecimal digits and enums as numbers. Fields
 * that are not known, or of another type than they should be, count as absent, as the specification
 * asks of receivers for the former.
 */
final class OtlpJson {
  private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());

  private OtlpJson() {}

  /** The request in a record; {@code null} if it is other JSON. */
  static @Nullable ExportLogsServiceRequest read(byte[] record, int from, int to)
      throws IOException {
    JsonNode root = MAPPER.readTree(record, from, to - from);
    if (!root.isEmpty() && !root.path("resourceLogs").isArray()) {
      return null;
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (JsonNode resourceLogs : root.path("resourceLogs")) {
      ResourceLogs.Builder builder = ResourceLogs.newBuilder();
      builder.setResource(
          Resource.newBuilder()
              .addAllAttributes(attributes(resourceLogs.path("resource").path("attributes"))));
      for (JsonNode scopeLogs : resourceLogs.path("scopeLogs")) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (JsonNode log : scopeLogs.path("logRecords")) {
          scope.addLogRecords(log(log));
        }
        builder.addScopeLogs(scope);
      }
      request.addResourceLogs(builder);
    }
    return request.build();
  }

  private static LogRecord log(JsonNode log) {
    LogRecord.Builder builder =
        LogRecord.newBuilder()
            .setTimeUnixNano(number(log.path("timeUnixNano")))
            .setObservedTimeUnixNano(number(log.path("observedTimeUnixNano")))
            .setSeverityNumberValue((int) number(log.path("severityNumber")))
            .setSeverityText(log.path("severityText").asText(""))
            .setEventName(log.path("eventName").asText(""))
            .setTraceId(id(log.path("traceId").asText("")))
            .addAllAttributes(attributes(log.path("attributes")));
    return builder.setBody(value(log.path("body"))).build();
  }

  private static List<KeyValue> attributes(JsonNode list) {
    List<KeyValue> attributes = new ArrayList<>();
    for (JsonNode entry : list) {
      attributes.add(
          KeyValue.newBuilder()
              .setKey(entry.path("key").asText(""))
              .setValue(value(entry.path("value")))
              .build());
    }
    return attributes;
  }

  private static AnyValue value(JsonNode any) {
    AnyValue.Builder value = AnyValue.newBuilder();
    if (any.has("stringValue")) {
      value.setStringValue(any.path("stringValue").asText());
    } else if (any.has("intValue")) {
      value.setIntValue(number(any.path("intValue")));
    } else if (any.has("doubleValue")) {
      value.setDoubleValue(any.path("doubleValue").asDouble());
    } else if (any.has("boolValue")) {
      value.setBoolValue(any.path("boolValue").asBoolean());
    } else if (any.has("bytesValue")) {
      value.setBytesValue(base64(any.path("bytesValue").asText("")));
    } else if (any.has("arrayValue")) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      for (JsonNode entry : any.path("arrayValue").path("values")) {
        array.addValues(value(entry));
      }
      value.setArrayValue(array);
    } else if (any.has("kvlistValue")) {
      value.setKvlistValue(
          KeyValueList.newBuilder()
              .addAllValues(attributes(any.path("kvlistValue").path("values"))));
    }
    return value.build();
  }

  /** A whole number, which may be written as text; 0 if it is none. */
  private static long number(JsonNode node) {
    if (node.isNumber()) {
      return node.asLong();
    }
    try {
      return node.isTextual() ? Long.parseUnsignedLong(node.asText()) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static ByteString id(String hex) {
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return ByteString.EMPTY;
    }
  }

  private static ByteString base64(String text) {
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return ByteString.EMPTY;
    }
  }
}
