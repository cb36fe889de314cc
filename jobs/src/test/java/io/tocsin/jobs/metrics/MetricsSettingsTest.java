// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsSettingsTest {
  @TempDir Path directory;

  @Test
  void everyProblemIsToldAtOnceWithItsPath() throws Exception {
    Path file = directory.resolve("metrics.yaml");
    Files.writeString(
        file,
        """
        kafka: {bootstrapServers: "", start: yesterday}
        learnUntil: tomorrow
        band: {warmUpSamples: -1}
        episodes: {week: 0.4}
        metrics:
          presets: [node-exporter, jwm]
        together: {alarmsPerDay: 0}
        lateness: soon
        """);

    assertThatThrownBy(
            () ->
                ConfigReader.read(MetricsSettings.class, MetricsSettings.DEFAULTS, file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.bootstrapServers: must name")
        .hasMessageContaining("kafka.start: must be committed, earliest, or a time such as")
        .hasMessageContaining("learnUntil: \"tomorrow\" is not a time; write one such as")
        .hasMessageContaining("band.warmUpSamples: must be greater than zero")
        .hasMessageContaining("episodes.week")
        .hasMessageContaining("together.alarmsPerDay: must be greater than zero")
        .hasMessageContaining("metrics.presets[1]")
        .hasMessageContaining("jvm")
        .hasMessageContaining("lateness");
  }
}
