// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import io.tocsin.connectors.config.Secret;
import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is and how to speak to it.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param groupId consumer group, under which progress is shown in Kafka; the job itself goes on
 *     from its checkpoint
 * @param start where a topic is read from when there is no checkpoint: {@link #COMMITTED}, {@link
 *     #EARLIEST}, or a time of arrival such as {@code 2026-11-20T08:00:00Z}
 * @param properties further client properties, such as those of TLS and SASL; secret, because
 *     passwords are among them
 */
public record KafkaSettings(
    String bootstrapServers, String groupId, String start, Map<String, Secret> properties)
    implements Serializable {
  /** From where the group has been read to, or from the beginning when it is new. */
  public static final String COMMITTED = "committed";

  /** From the beginning, wherever the group was. */
  public static final String EARLIEST = "earliest";

  /** What the jobs set themselves, since what they promise hangs on it. */
  private static final Set<String> RESERVED =
      Set.of(
          "acks",
          "auto.offset.reset",
          "bootstrap.servers",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "key.deserializer",
          "key.serializer",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private static final String START_FORMS =
      "start must be committed, earliest, or a time such as 2026-11-20T08:00:00Z";

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name at least one host:port");
    }
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId must not be empty");
    }
    requireStart(start);
    Set<String> reserved = new TreeSet<>(properties.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw new IllegalArgumentException(
          "properties must not set " + String.join(", ", reserved) + ", which the jobs set");
    }
  }

  /** When what is to be read first arrived; null when {@code start} is a word. */
  public @Nullable Instant startTime() {
    return start.equals(COMMITTED) || start.equals(EARLIEST) ? null : Instant.parse(start);
  }

  private static void requireStart(String start) {
    try {
      if (start.equals(COMMITTED)
          || start.equals(EARLIEST)
          || Instant.parse(start).toEpochMilli() >= 0) {
        return;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(START_FORMS, e);
    }
    throw new IllegalArgumentException(START_FORMS);
  }

  /** The further properties as Kafka's clients take them. */
  public Properties clientProperties() {
    Properties all = new Properties();
    properties.forEach((name, value) -> all.setProperty(name, value.reveal()));
    return all;
  }
}
