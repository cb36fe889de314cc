// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Creates the topics that are missing and checks those that exist. */
public final class TopicCreator {
  private static final long PAUSE_MILLIS = 100;

  private final Admin admin;
  private final TopicSettings settings;

  public TopicCreator(Admin admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Returns once all of these topics exist, are fit for use, and every partition has a leader.
   *
   * @throws TopicException when Kafka does not answer in time, or a topic exists in a form that
   *     cannot work
   */
  public void ensure(Collection<Topic> topics) throws TopicException, InterruptedException {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    for (Topic topic : topics) {
      if (describe(topic) == null) {
        create(topic);
      }
    }
    for (Topic topic : topics) {
      check(topic, awaitLeaders(topic, deadline));
    }
    checkMessageSizes(topics);
  }

  private void create(Topic topic) throws TopicException, InterruptedException {
    Map<String, String> configuration = new TreeMap<>(topic.settings());
    int replicas = settings.replicationFactor();
    boolean own = replicas != TopicSettings.BROKERS_DEFAULT;
    if (own) {
      // acks=all means little when one copy in sync is enough, nothing works when none may lack.
      configuration.put("min.insync.replicas", Integer.toString(Math.max(1, replicas - 1)));
    }
    NewTopic wanted =
        new NewTopic(
                topic.topicName(),
                Optional.of(settings.partitions(topic)),
                own ? Optional.of((short) replicas) : Optional.empty())
            .configs(configuration);
    try {
      await(admin.createTopics(List.of(wanted)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw KafkaAnswer.failure("topic " + topic.topicName() + " cannot be created", e);
      }
    }
  }

  private TopicDescription awaitLeaders(Topic topic, long deadline)
      throws TopicException, InterruptedException {
    while (true) {
      TopicDescription description = describe(topic);
      if (description != null && hasLeaders(description)) {
        return description;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TopicException(
            "topic "
                + topic.topicName()
                + " has partitions without a leader; see whether all brokers are up",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean hasLeaders(TopicDescription description) {
    return description.partitions().stream()
        .allMatch(partition -> partition.leader() != null && !isNobody(partition.leader()));
  }

  private static boolean isNobody(Node leader) {
    return leader.id() == Node.noNode().id();
  }

  /** What Kafka knows of a topic, or null when it does not exist. */
  private @Nullable TopicDescription describe(Topic topic)
      throws TopicException, InterruptedException {
    try {
      return await(admin.describeTopics(List.of(topic.topicName())).allTopicNames())
          .get(topic.topicName());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw KafkaAnswer.failure("topic " + topic.topicName() + " cannot be described", e);
    }
  }

  private static void check(Topic topic, TopicDescription description) throws TopicException {
    int partitions = description.partitions().size();
    if (topic.exactlyOnePartition() && partitions != 1) {
      throw new TopicException(
          "topic "
              + topic.topicName()
              + " has "
              + partitions
              + " partitions but must have exactly 1, because incidents depend on its total order;"
              + " delete it and let Tocsin create it",
          null);
    }
  }

  private void checkMessageSizes(Collection<Topic> topics)
      throws TopicException, InterruptedException {
    List<ConfigResource> resources = new ArrayList<>();
    for (Topic topic : topics) {
      resources.add(resource(topic));
    }
    try {
      Map<ConfigResource, Config> configurations = await(admin.describeConfigs(resources).all());
      for (Topic topic : topics) {
        checkMessageSize(topic, configurations.get(resource(topic)));
      }
    } catch (ExecutionException e) {
      throw KafkaAnswer.failure("the settings of the topics cannot be read", e);
    }
  }

  private static void checkMessageSize(Topic topic, @Nullable Config configuration)
      throws TopicException {
    ConfigEntry entry = configuration == null ? null : configuration.get("max.message.bytes");
    if (entry != null && Integer.parseInt(entry.value()) < topic.maxMessageBytes()) {
      throw new TopicException(
          "topic "
              + topic.topicName()
              + " takes records of "
              + entry.value()
              + " bytes at most, too few; set its max.message.bytes to "
              + topic.maxMessageBytes(),
          null);
    }
  }

  private static ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
  }

  private <T> T await(KafkaFuture<T> future)
      throws TopicException, InterruptedException, ExecutionException {
    return KafkaAnswer.await(future, settings.timeout());
  }
}
