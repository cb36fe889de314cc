// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogInputSettingsTest {
  record Root(List<LogInputSettings> inputs) {}

  private static List<LogInputSettings> read(String yaml) throws ConfigException {
    return ConfigReader.read(
            Root.class, new Root(List.of()), new ConfigText("logs.yaml", yaml), Map.of())
        .inputs();
  }

  @Test
  void aTopicNeedsANameAndAFormatOnly() throws ConfigException {
    assertThat(read("inputs: [{topic: fluent-bit, format: fluent-bit}]"))
        .containsExactly(LogInputSettings.of("fluent-bit", LogFormat.FLUENT_BIT));
  }

  @Test
  void everythingMayBeSaid() throws ConfigException {
    String yaml =
        """
        inputs:
          - topic: app
            format: json
            fields: {message: [body.text], service: [app, container]}
            severityNumbers: python
            namespace: shop
            service: other
            zone: Europe/Berlin
            maxLineBytes: 16KiB
            maxPast: 2h
            maxFuture: 1m
        """;

    LogInputSettings settings = read(yaml).get(0);

    assertThat(settings.allFields().message()).containsExactly("body.text");
    assertThat(settings.allFields().service()).containsExactly("app", "container");
    assertThat(settings.allFields().time()).contains("timestamp");
    assertThat(settings.numbers()).isEqualTo(SeverityNumbers.PYTHON);
    assertThat(settings.maxLineBytes()).isEqualTo(16 << 10);
    assertThat(settings.maxPast()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    assertThatThrownBy(() -> read("inputs: [{topic: a, format: fluentbit}]"))
        .hasMessageContaining("inputs[0].format")
        .hasMessageContaining("fluent-bit");
    assertThatThrownBy(() -> read("inputs: [{topic: a, format: json, fields: {mesage: [x]}}]"))
        .hasMessageContaining("inputs[0].fields.mesage")
        .hasMessageContaining("message");
    assertThatThrownBy(() -> read("inputs: [{topic: a, format: text, fields: {message: [x]}}]"))
        .hasMessageContaining("fields must be left out");
    assertThatThrownBy(() -> read("inputs: [{topic: a, format: json, zone: Mars}]"))
        .hasMessageContaining("such as UTC");
  }
}
