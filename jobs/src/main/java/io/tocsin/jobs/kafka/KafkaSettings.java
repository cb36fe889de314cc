// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is and how to speak to it.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param groupId consumer group, under which progress is shown in Kafka; the job itself goes on
 *     from its checkpoint
 * @param properties further client properties, such as those of TLS and SASL
 */
public record KafkaSettings(String bootstrapServers, String groupId, Map<String, String> properties)
    implements Serializable {

  public KafkaSettings {
    properties = Map.copyOf(properties);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name at least one host:port");
    }
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId must not be empty");
    }
  }

  /** The further properties as Kafka's clients take them. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    return all;
  }

  /** Without the properties: they hold passwords. */
  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", group " + groupId + "]";
  }
}
