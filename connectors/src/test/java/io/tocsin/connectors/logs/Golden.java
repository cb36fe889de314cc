// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A record of each shipper, laid out as its documentation says, all of the same event. */
enum Golden {
  TEXT(LogFormat.TEXT, "lines.txt"),
  JSON(LogFormat.JSON, "json-lines.json"),
  FLUENT_BIT(LogFormat.FLUENT_BIT, "fluent-bit.json"),
  VECTOR(LogFormat.VECTOR, "vector.json"),
  VECTOR_NATIVE(LogFormat.VECTOR, "vector-native.json"),
  FILEBEAT(LogFormat.ECS, "filebeat.json"),
  ECS_LOGGER(LogFormat.ECS, "ecs-logger.json"),
  OTLP_PROTO(LogFormat.OTLP_PROTO, "otlp.json"),
  OTLP_JSON(LogFormat.OTLP_JSON, "otlp.json"),
  RSYSLOG_FORWARD(LogFormat.SYSLOG, "rsyslog-forward.txt"),
  RSYSLOG_FILE(LogFormat.SYSLOG, "rsyslog-file.txt"),
  RSYSLOG_TRADITIONAL(LogFormat.SYSLOG, "rsyslog-traditional.txt"),
  RSYSLOG_5424(LogFormat.SYSLOG_RFC5424, "rsyslog-5424.txt"),
  RSYSLOG_TEMPLATE(LogFormat.RSYSLOG_JSON, "rsyslog-template.json"),
  RSYSLOG_JSONMESG(LogFormat.RSYSLOG_JSON, "rsyslog-jsonmesg.json");

  /** The message that each of them carries. */
  static final String MESSAGE = "payment 4711 failed: card declined";

  static final long TIME = 1_763_644_676_612L;

  private final LogFormat format;
  private final String file;

  Golden(LogFormat format, String file) {
    this.format = format;
    this.file = file;
  }

  LogInputSettings settings() {
    return LogInputSettings.of("logs", format);
  }

  LogFormat format() {
    return format;
  }

  /** The record. */
  byte[] record() {
    return record(MESSAGE);
  }

  /** The record with another message, which is put where it belongs as it is. */
  byte[] record(String message) {
    byte[] record = text().replace(MESSAGE, message).getBytes(StandardCharsets.UTF_8);
    if (this != OTLP_PROTO) {
      return record;
    }
    try {
      return Objects.requireNonNull(OtlpJson.read(record, 0, record.length)).toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    try (InputStream in = Golden.class.getResourceAsStream("/logs/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean namesPod() {
    return switch (format) {
      case TEXT, SYSLOG, SYSLOG_RFC5424, RSYSLOG_JSON -> false;
      case JSON, FLUENT_BIT, VECTOR, ECS, OTLP_PROTO, OTLP_JSON -> true;
    };
  }

  /** The request of {@link #OTLP_PROTO}. */
  static ExportLogsServiceRequest request() {
    try {
      return ExportLogsServiceRequest.parseFrom(OTLP_PROTO.record());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
