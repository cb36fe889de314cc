// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.otlp.OtlpExporter.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSettingsTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  @Test
  void withoutTheVariableNothingIsSent() {
    assertThat(OtlpSettings.of(Map.of()).endpoint()).isNull();
    assertThat(OtlpSettings.of(Map.of(ENDPOINT, " ")).endpoint()).isNull();
    assertThat(OtlpSettings.of(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).endpoint()).isNull();
  }

  @Test
  void theUsualVariablesSayWhereToAndWithWhat() {
    OtlpSettings settings =
        OtlpSettings.of(
            Map.of(
                ENDPOINT,
                "https://collector.example/otlp/",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Bearer%20canary+1, X-Scope = a=b",
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf"));
    assertThat(settings.address(Signal.TRACES))
        .hasToString("https://collector.example/otlp/v1/traces");
    assertThat(settings.address(Signal.METRICS))
        .hasToString("https://collector.example/otlp/v1/metrics");
    assertThat(settings.headers())
        .isEqualTo(
            Map.of("Authorization", new Secret("Bearer canary+1"), "X-Scope", new Secret("a=b")));
    assertThat(settings.toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector:4318",
        "http://ada:canary@collector:4318",
        "ftp://collector",
        "http://collector:4318?token=canary",
        "http://[canary"
      })
  void anAddressThatCannotBeIsRefusedWithoutBeingSaid(String url) {
    assertThatThrownBy(() -> OtlpSettings.of(Map.of(ENDPOINT, url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ENDPOINT)
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }

  @Test
  void anotherProtocolAndHeadersOfTheGatewaysOwnAreRefused() {
    assertThatThrownBy(
            () ->
                OtlpSettings.of(
                    Map.of(ENDPOINT, "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
        .hasMessageContaining("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf");
    for (String headers : new String[] {"Host=x", "=x", "a b=c"}) {
      assertThatThrownBy(
              () ->
                  OtlpSettings.of(
                      Map.of(ENDPOINT, "http://c", "OTEL_EXPORTER_OTLP_HEADERS", headers)))
          .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS");
    }
  }
}
