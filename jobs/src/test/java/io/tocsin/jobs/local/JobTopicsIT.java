// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.topics.InputTopics;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.kafka.JobTopics;
import io.tocsin.jobs.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a job that is started before everything else. */
final class JobTopicsIT {
  @TempDir static Path directory;
  private static KafkaBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void deleteTopics() throws Exception {
    BrokerTopics.delete(broker.bootstrapServers());
  }

  @Test
  void thoseThatAreMissingAreCreatedAsDeclaredAndFoundTheNextTime() throws Exception {
    JobTopics.ensure(settings(Map.of()), Topic.METRICS, Topic.FINDINGS);
    JobTopics.ensure(settings(Map.of()), Topic.METRICS, Topic.FINDINGS);
    try (Admin admin = admin()) {
      assertThat(admin.listTopics().names().get())
          .containsExactlyInAnyOrder("tocsin.metrics", "tocsin.findings");
      var topics =
          admin.describeTopics(List.of("tocsin.metrics", "tocsin.findings")).allTopicNames().get();
      assertThat(topics.get("tocsin.metrics").partitions()).hasSize(8);
      assertThat(topics.get("tocsin.findings").partitions()).hasSize(1);
    }
  }

  @Test
  void findingsOfSeveralPartitionsStopTheStart() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic("tocsin.findings", 4, (short) 1))).all().get();
    }
    assertThatThrownBy(() -> JobTopics.ensure(settings(Map.of()), Topic.FINDINGS))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("tocsin.findings has 4 partitions");
  }

  @Test
  void anInputTopicThatIsMissingStopsTheStart() throws Exception {
    JobTopics.ensure(settings(Map.of()), Topic.LOGS);
    JobTopics.require(settings(Map.of()), List.of("tocsin.logs"));
    assertThatThrownBy(() -> JobTopics.require(settings(Map.of()), List.of("tocsin.logs", "nginx")))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("input topic nginx does not exist");
  }

  @Test
  void inputTopicsThatTrustTheirSendersClocksAreTold() throws Exception {
    try (Admin admin = admin()) {
      NewTopic brokers = new NewTopic("brokers", 1, (short) 1);
      brokers.configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(brokers, new NewTopic("senders", 1, (short) 1))).all().get();
      assertThat(
              new InputTopics(admin, TopicSettings.DEFAULTS.timeout())
                  .stampedBySenders(List.of("brokers", "senders")))
          .containsExactly("senders");
    }
  }

  @Test
  void theConfiguredPropertiesReachTheClient() {
    Map<String, Secret> wrong = Map.of("security.protocol", new Secret("canary"));
    assertThatThrownBy(() -> JobTopics.ensure(settings(wrong), Topic.FINDINGS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("security.protocol");
  }

  private KafkaSettings settings(Map<String, Secret> properties) {
    return new KafkaSettings(broker.bootstrapServers(), "job", KafkaSettings.COMMITTED, properties);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
