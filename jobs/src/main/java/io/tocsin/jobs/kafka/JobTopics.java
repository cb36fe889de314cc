// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.kafka;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Sees to it that the topics of a job are there before the job is: it would fail again and again
 * until they are, and a broker that creates topics by itself makes them as it likes.
 */
public final class JobTopics {
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
    Properties properties = kafka.clientProperties();
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      new TopicCreator(admin, SETTINGS).ensure(List.of(topics));
    }
  }
}
