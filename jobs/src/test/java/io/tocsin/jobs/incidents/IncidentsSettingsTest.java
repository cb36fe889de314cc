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
                      holdOff: 0s
                      silence:
                        intervals: 0
                      limits: {open: 0, members: 1}
                    calls:
                      calls:
                        - {caller: cart, callee: cart, callerNamespace: shop}
                    alertmanagers:
                      - url: alertmanager
                      - {url: http://alertmanager-1, token: ""}
                    resendIntervall: 60s
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("incidents.holdOff: must be longer than zero")
        .hasMessageContaining("incidents.silence.intervals: must be 1 or more")
        .hasMessageContaining("incidents.limits.open: must be 1 or more")
        .hasMessageContaining("incidents.limits.members: must be 10 or more")
        .hasMessageContaining("calls.calls[0].callee: a call of cart to itself says nothing")
        .hasMessageContaining("alertmanagers[1].token: is empty")
        .hasMessageContaining("http://alertmanager:9093")
        .hasMessageContaining("resendInterval");
  }

  @Test
  void moreCallsThanMayBeKeptAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    calls:
                      topology: {edgesPerService: 1}
                      calls:
                        - {caller: frontend, callee: cart}
                        - {caller: frontend, callee: payments}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"frontend calls payments\" is one too many")
        .hasMessageContaining("raise topology.edges");
  }
}
