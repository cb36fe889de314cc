// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void everyNameIsUniqueAndBelongsToTheProject() {
    assertThat(Arrays.stream(Topic.values()).map(Topic::topicName))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("tocsin."));
  }

  @Test
  void findingsHaveOnePartitionWhateverTheSettingsSay() {
    TopicSettings settings = new TopicSettings(1, 3, 5, Duration.ofSeconds(1));
    assertThat(settings.partitions(Topic.METRICS)).isEqualTo(3);
    assertThat(settings.partitions(Topic.LOGS)).isEqualTo(5);
    assertThat(settings.partitions(Topic.FINDINGS)).isEqualTo(1);
    assertThat(Topic.FINDINGS.exactlyOnePartition()).isTrue();
  }

  @Test
  void retentionIsInSegmentsShortEnoughToHonourIt() {
    Map<String, String> metrics = Topic.METRICS.settings();
    assertThat(metrics)
        .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
        .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "21600000")
        .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, "3600000");
  }

  @Test
  void whatHoldsForEverIsCompactedAndNeverDeleted() {
    assertThat(Topic.CONTROL.settings())
        .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
        .doesNotContainKey(TopicConfig.RETENTION_MS_CONFIG);
  }

  @Test
  void ageOfWhatJobsWriteCountsFromItsArrival() {
    assertThat(Topic.FINDINGS.settings())
        .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    assertThat(Topic.METRICS.settings())
        .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> new TopicSettings(-1, 1, 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicationFactor");
    assertThatThrownBy(() -> new TopicSettings(1, 1, 1, Duration.ZERO))
        .hasMessageContaining("timeout");
  }
}
