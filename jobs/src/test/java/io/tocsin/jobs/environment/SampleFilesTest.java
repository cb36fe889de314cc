// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.jobs.incidents.IncidentsSettings;
import io.tocsin.jobs.logs.LogsSettings;
import io.tocsin.jobs.metrics.MetricsSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The sample files say what holds when they are left out. */
final class SampleFilesTest {
  @Test
  void theMetricsJobsFileSaysTheDefaults() throws Exception {
    assertSaysTheDefaults("metrics", MetricsSettings.class, MetricsSettings.DEFAULTS);
  }

  @Test
  void theIncidentsJobsFileSaysTheDefaults() throws Exception {
    assertSaysTheDefaults("incidents", IncidentsSettings.class, IncidentsSettings.DEFAULTS);
  }

  @Test
  void theLogsJobsFileSaysTheDefaults() throws Exception {
    assertSaysTheDefaults("logs", LogsSettings.class, LogsSettings.DEFAULTS);
  }

  @Test
  void theGatewaysFileSaysTheDefaults() throws Exception {
    assertSaysTheDefaults("gateway", GatewaySettings.class, GatewaySettings.DEFAULTS);
  }

  private <T extends Record> void assertSaysTheDefaults(String name, Class<T> type, T defaults)
      throws Exception {
    String resource = "/config/" + name + ".yaml";
    Path file = Path.of(Objects.requireNonNull(getClass().getResource(resource)).toURI());
    assertThat(ConfigReader.read(type, defaults, file, Map.of())).isEqualTo(defaults);
  }
}
