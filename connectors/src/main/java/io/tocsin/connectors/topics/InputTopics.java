// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
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
   * @return those whose records are stamped by their senders' clocks and not by the broker's: one
   *     clock that is far ahead has all other records come late
   * @throws TopicException when one is missing, or Kafka does not answer in time
   */
  public List<String> require(Collection<String> topics)
      throws TopicException, InterruptedException {
    List<String> stamped = new ArrayList<>();
    requireAll(topics);
    Map<ConfigResource, Config> configurations =
        await(
            admin.describeConfigs(topics.stream().map(InputTopics::resource).toList()).all(),
            "the settings of the input topics cannot be read");
    for (String topic : topics) {
      Config configuration = configurations.get(resource(topic));
      ConfigEntry clock =
          configuration == null
              ? null
              : configuration.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
      if (clock != null && !BROKERS_CLOCK.equals(clock.value())) {
        stamped.add(topic);
      }
    }
    return stamped;
  }

  private void requireAll(Collection<String> topics) throws TopicException, InterruptedException {
    var known = await(admin.listTopics().names(), "the topics cannot be listed");
    for (String topic : topics) {
      if (!known.contains(topic)) {
        throw new TopicException(
            "input topic " + topic + " does not exist; create it, or name another in inputs", null);
      }
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private <T> T await(KafkaFuture<T> future, String failure)
      throws TopicException, InterruptedException {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TopicException("Kafka did not answer within " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new TopicException(failure + ": " + cause.getMessage(), cause);
    }
  }
}
