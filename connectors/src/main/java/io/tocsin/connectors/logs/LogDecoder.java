// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/**
 * Reads the log lines in the records of one topic. Nothing is ever thrown for what a record holds.
 * Not for use by several threads.
 */
public interface LogDecoder {

  /** The decoder of a topic's format. */
  static LogDecoder of(LogInputSettings settings) {
    return switch (settings.format()) {
      case TEXT -> new TextDecoder(settings);
      case JSON, FLUENT_BIT, VECTOR, ECS, RSYSLOG_JSON -> new JsonDecoder(settings);
      case SYSLOG, SYSLOG_RFC5424 -> new SyslogDecoder(settings);
      case OTLP_PROTO, OTLP_JSON -> new OtlpDecoder(settings);
    };
  }

  /**
   * Reads one record.
   *
   * @param record the array that the record lies in, which is not changed
   * @param from where it begins
   * @param to where it ends, exclusive
   * @param kafkaTime the record's timestamp in Kafka, ms since the epoch; 0 or less for none
   * @param sink is told of each line, in order, and of all that was wrong
   */
  void decode(byte[] record, int from, int to, long kafkaTime, LogSink sink);
}
