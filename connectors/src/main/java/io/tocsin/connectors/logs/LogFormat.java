// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/** What the records of a topic are. It is configured: many formats look alike. */
public enum LogFormat {
  /** Lines of text. */
  TEXT(SeverityNumbers.SYSLOG),
  /** JSON objects, one on each line. */
  JSON(SeverityNumbers.BUNYAN),
  /** Fluent Bit's output {@code kafka} with its format {@code json}. */
  FLUENT_BIT(SeverityNumbers.BUNYAN),
  /** Vector's sink {@code kafka} with its codec {@code json} or {@code native_json}. */
  VECTOR(SeverityNumbers.BUNYAN),
  /** Filebeat, Elastic Agent, and whatever writes the Elastic Common Schema. */
  ECS(SeverityNumbers.BUNYAN),
  /** OpenTelemetry's {@code ExportLogsServiceRequest} as protobuf. */
  OTLP_PROTO(SeverityNumbers.OTLP),
  /** OpenTelemetry's {@code ExportLogsServiceRequest} as JSON. */
  OTLP_JSON(SeverityNumbers.OTLP),
  /** Lines as rsyslog writes them into files, with its RFC 3339 or traditional time. */
  SYSLOG(SeverityNumbers.SYSLOG),
  /** Lines after RFC 5424. */
  SYSLOG_RFC5424(SeverityNumbers.SYSLOG),
  /** A JSON template of rsyslog, with its properties' names. */
  RSYSLOG_JSON(SeverityNumbers.SYSLOG);

  private final SeverityNumbers severityNumbers;

  LogFormat(SeverityNumbers severityNumbers) {
    this.severityNumbers = severityNumbers;
  }

  /** What numbers for the severity mean, unless it is configured otherwise. */
  SeverityNumbers severityNumbers() {
    return severityNumbers;
  }
}
