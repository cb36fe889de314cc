// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.models.logs.CountedPatterns;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.telemetry.Severity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LogsSettingsTest {
  private static LogsSettings read(String yaml) throws ConfigException {
    return ConfigReader.read(
        LogsSettings.class, LogsSettings.DEFAULTS, new ConfigText("logs.yaml", yaml), Map.of());
  }

  @Test
  void thePatternsWhoseCountsAreWrittenAreChosen() throws Exception {
    LogsSettings settings =
        read(
            """
            counts:
              url: http://prometheus:9090/api/v1/write
              services: [checkout, payment*]
              severities: [error, fatal]
              ids: [00c0ffee00c0ffee]
            """);

    assertThat(Objects.requireNonNull(settings.counts()).counted())
        .isEqualTo(
            new CountedPatterns(
                List.of(new Glob("checkout"), new Glob("payment*")),
                List.of(Severity.ERROR, Severity.FATAL),
                20,
                List.of("00c0ffee00c0ffee")));
  }

  @Test
  void whatIsLeftOutIsAsShipped() throws Exception {
    URI url = URI.create("http://prometheus:9090/api/v1/write");
    assertThat(read("counts: {url: '" + url + "'}").counts())
        .isEqualTo(CountOutputSettings.of(url));
  }

  @Test
  void everyProblemIsToldWithItsPath() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    counts:
                      url: http://prometheus:9090/api/v1/write
                      severities: [eror]
                      most: many
                      service: [checkout]
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("counts.severities[0]: \"eror\" is none of")
        .hasMessageContaining("error")
        .hasMessageContaining("counts.most")
        .hasMessageContaining("counts.service: is not known here; did you mean services?");
    assertThatThrownBy(() -> read("counts: {url: 'http://p/w', ids: [cart]}"))
        .hasMessageContaining("counts.ids: must be as ./tocsin patterns lists them");
    assertThatThrownBy(() -> read("counts: {url: 'http://p/w', most: -1}"))
        .hasMessageContaining("counts.most: must be zero or greater");
    assertThatThrownBy(() -> read("counts: {url: 'ftp://p/w'}"))
        .hasMessageContaining("counts.url: must begin with http");
  }
}
