// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class IncidentsSettingsTest {
  private static IncidentsSettings read(String yaml) throws ConfigException {
    return ConfigReader.read(
        IncidentsSettings.class,
        IncidentsSettings.DEFAULTS,
        new ConfigText("incidents.yaml", yaml),
        Map.of());
  }

  @Test
  void aFileChangesWhatItNames() throws Exception {
    IncidentsSettings settings =
        read(
            """
            kafka:
              bootstrapServers: kafka:9092
            incidents:
              holdOff: 5m
              opening:
                metrics: 3
            alertmanagers:
              - url: http://alertmanager-0:9093
              - url: https://alertmanager-1/base
                token: secret
            externalUrl: https://tocsin.example/
            """);
    assertThat(settings.incidents().holdOff()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.incidents().opening().metrics()).isEqualTo(3);
    assertThat(settings.incidents().window()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.alertmanagers()).hasSize(2);
    assertThat(settings.externalUrl()).isEqualTo("https://tocsin.example");
    assertThat(settings.toString()).doesNotContain("token=secret");
    assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
  }

  @Test
  void everyMistakeIsReported() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    incidents:
                      silence:
                        intervals: 0
                    alertmanagers:
                      - url: alertmanager
                    resendIntervall: 60s
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("silence")
        .hasMessageContaining("http://alertmanager:9093")
        .hasMessageContaining("resendInterval");
  }
}
