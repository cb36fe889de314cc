// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.topics.TopicSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the gateway writes.
 *
 * @param bootstrapServers host:port of some brokers, separated by commas
 * @param properties further settings of the Kafka clients, such as those of security; secret,
 *     because passwords are among them
 * @param topics how missing topics are created
 */
public record KafkaSettings(
    String bootstrapServers, Map<String, Secret> properties, TopicSettings topics) {
  /** What the promises of the gateway hang on. */
  static final Set<String> RESERVED =
      Set.of(
          "acks",
          "bootstrap.servers",
          "buffer.memory",
          "delivery.timeout.ms",
          "enable.idempotence",
          "key.serializer",
          "max.block.ms",
          "max.request.size",
          "transactional.id",
          "value.serializer");

  public static final KafkaSettings DEFAULTS =
      new KafkaSettings("127.0.0.1:9092", Map.of(), TopicSettings.DEFAULTS);

  public KafkaSettings {
    properties = Map.copyOf(properties);
    for (String server : List.of(bootstrapServers.split(",", -1))) {
      Check.that(
          server.strip().matches("\\S+:\\d{1,5}"),
          "bootstrapServers must be host:port, more of them separated by commas");
    }
    Set<String> reserved = new TreeSet<>(properties.keySet());
    reserved.retainAll(RESERVED);
    Check.that(
        reserved.isEmpty(),
        "properties must not set " + String.join(", ", reserved) + ", which the gateway sets");
  }

  /** The properties of a Kafka client, whatever it does. */
  Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>();
    properties.forEach((name, value) -> client.put(name, value.reveal()));
    client.put("bootstrap.servers", bootstrapServers);
    client.putIfAbsent("client.id", "tocsin-gateway");
    return client;
  }
}
