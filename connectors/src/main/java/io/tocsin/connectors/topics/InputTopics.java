// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at topics that others make and write, and Tocsin only reads. */
public final class InputTopics {
  private static final String BROKERS_CLOCK = "LogAppendTime";

  private final Admin admin;
  private final Duration timeout;

  public InputTopics(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Sees whether topics are there.
   *
   * @throws TopicException when one is missing, or Kafka does not answer in time
   */
  public void require(Collection<String> topics) throws TopicException, InterruptedException {
    try {
      Set<String> known = KafkaAnswer.await(admin.listTopics().names(), timeout);
      for (String topic : topics) {
        if (!known.contains(topic)) {
          throw new TopicException(
              "input topic "
                  + topic
                  + " does not exist or may not be seen; create it, or name another in inputs",
              null);
        }
      }
    } catch (ExecutionException e) {
      throw KafkaAnswer.failure("the topics cannot be listed", e);
    }
  }

  /**
   * Those whose records are stamped by their senders' clocks and not by the broker's: one clock
   * that is far ahead has all other records come late.
   *
   * @throws TopicException when Kafka does not answer in time, or their settings may not be read
   */
  public List<String> stampedBySenders(Collection<String> topics)
      throws TopicException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    List<String> stamped = new ArrayList<>();
    try {
      KafkaAnswer.await(admin.describeConfigs(resources).all(), timeout)
          .forEach(
              (topic, settings) -> {
                ConfigEntry clock = settings.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
                if (clock != null && !BROKERS_CLOCK.equals(clock.value())) {
                  stamped.add(topic.name());
                }
              });
    } catch (ExecutionException e) {
      throw KafkaAnswer.failure("the settings of the input topics cannot be read", e);
    }
    return stamped;
  }
}
