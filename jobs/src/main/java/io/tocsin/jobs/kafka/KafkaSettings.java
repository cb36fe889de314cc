// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import io.tocsin.connectors.config.Secret;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where Kafka is and how to speak to it.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param groupId consumer group, under which progress is shown in Kafka; the job itself goes on
 *     from its checkpoint
 * @param properties further client properties, such as those of TLS and SASL; secret, because
 *     passwords are among them
 */
public record KafkaSettings(String bootstrapServers, String groupId, Map<String, Secret> properties)
    implements Serializable {
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

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name at least one host:port");
    }
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId must not be empty");
    }
    Set<String> reserved = new TreeSet<>(properties.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw new IllegalArgumentException(
          "properties must not set " + String.join(", ", reserved) + ", which the jobs set");
    }
  }

  /** The further properties as Kafka's clients take them. */
  public Properties clientProperties() {
    Properties all = new Properties();
    properties.forEach((name, value) -> all.setProperty(name, value.reveal()));
    return all;
  }
}
