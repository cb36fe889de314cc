// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import io.tocsin.connectors.topics.InputTopics;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the topics of a job are there before the job is: it would fail again and again
 * until they are, and a broker that creates topics by itself makes them as it likes.
 */
public final class JobTopics {
  private static final Logger LOG = LoggerFactory.getLogger(JobTopics.class);
  private static final TopicSettings SETTINGS =
      new TopicSettings(
          TopicSettings.BROKERS_DEFAULT,
          Topic.METRICS.partitions(),
          Topic.LOGS.partitions(),
          TopicSettings.DEFAULTS.timeout());

  private JobTopics() {}

  /**
   * Creates those that are missing, with as many replicas as the brokers give by themselves, and
   * checks those that exist.
   *
   * @throws TopicException when Kafka does not answer in time, or a topic exists in a form that
   *     cannot work
   */
  public static void ensure(KafkaSettings kafka, Topic... topics)
      throws TopicException, InterruptedException {
    try (Admin admin = admin(kafka)) {
      new TopicCreator(admin, SETTINGS).ensure(List.of(topics));
    }
  }

  /**
   * Sees whether topics that are read are there, and warns of those whose records are stamped by
   * their senders' clocks.
   *
   * @throws TopicException when one is missing, or Kafka does not answer in time
   */
  public static void require(KafkaSettings kafka, Collection<String> topics)
      throws TopicException, InterruptedException {
    try (Admin admin = admin(kafka)) {
      InputTopics inputs = new InputTopics(admin, SETTINGS.timeout());
      inputs.require(topics);
      warn(inputs, topics);
    }
  }

  /** Who may only read records may not read settings, and needs none of them. */
  private static void warn(InputTopics inputs, Collection<String> topics)
      throws InterruptedException {
    try {
      for (String topic : inputs.stampedBySenders(topics)) {
        LOG.warn(
            "Records of topic {} are stamped by their senders' clocks: one that is far ahead has"
                + " all others come late; set the topic's message.timestamp.type to LogAppendTime.",
            topic);
      }
    } catch (TopicException e) {
      LOG.warn("It is not known whose clock stamps the input: {}.", e.getMessage());
    }
  }

  private static Admin admin(KafkaSettings kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return Admin.create(properties);
  }
}
