// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.connectors.config.Default;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A topic with log lines.
 *
 * @param topic its name in Kafka
 * @param format what its records are
 * @param fields where things are, if not where the format has them
 * @param severityNumbers what numbers for the severity mean, if not what they mean in the format
 * @param namespace of lines whose record names none
 * @param service of lines whose record names none
 * @param zone of times that are written without one
 * @param maxLineBytes what is longer is cut
 * @param maxPast a time farther before Kafka's is not believed
 * @param maxFuture a time farther after Kafka's is not believed
 */
public record LogInputSettings(
    String topic,
    LogFormat format,
    @Nullable LogFields fields,
    @Nullable SeverityNumbers severityNumbers,
    @Default("") String namespace,
    @Default("") String service,
    @Default("UTC") String zone,
    @Default("8KiB") int maxLineBytes,
    @Default("1d") Duration maxPast,
    @Default("5m") Duration maxFuture)
    implements Serializable {

  private static final int LONGEST_LINE = 1 << 20;

  public LogInputSettings {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("topic must not be empty");
    }
    if (fields != null && UsualFields.of(format).equals(LogFields.NONE)) {
      throw new IllegalArgumentException(
          "fields must be left out: records of this format have no fields with names");
    }
    if (maxLineBytes < 64 || maxLineBytes > LONGEST_LINE) {
      throw new IllegalArgumentException("maxLineBytes must be from 64 to 1 MiB");
    }
    if (maxPast.isNegative() || maxFuture.isNegative()) {
      throw new IllegalArgumentException("maxPast and maxFuture must not be negative");
    }
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone must be one such as UTC, +02:00 or Europe/Berlin", e);
    }
  }

  /** A topic of this format with all else as shipped. */
  public static LogInputSettings of(String topic, LogFormat format) {
    return of(topic, format, "");
  }

  /** The same, with the service of records that name none. */
  public static LogInputSettings of(String topic, LogFormat format, String service) {
    return new LogInputSettings(
        topic,
        format,
        null,
        null,
        "",
        service,
        "UTC",
        8 << 10,
        Duration.ofDays(1),
        Duration.ofMinutes(5));
  }

  LogFields allFields() {
    LogFields usual = UsualFields.of(format);
    return fields == null ? usual : fields.or(usual);
  }

  SeverityNumbers numbers() {
    return severityNumbers == null ? format.severityNumbers() : severityNumbers;
  }
}
