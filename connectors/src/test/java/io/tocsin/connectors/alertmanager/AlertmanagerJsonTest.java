// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.connectors.config.Secret;
import io.tocsin.models.incidents.Alert;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerJsonTest {
  @Test
  void theBodyIsWhatAlertmanagerDocuments() throws IOException {
    long lease = Alerts.STARTS + 300_000;
    Alert early = new Alert("x", Map.of("alertname", "A"), Map.of(), Alerts.STARTS, 1);
    byte[] body =
        AlertmanagerJson.encode(
            List.of(Alerts.firing("a", "50 % \"slow\" ✓"), Alerts.resolved("b", lease), early),
            lease);
    ObjectMapper json = new ObjectMapper();
    try (InputStream golden = getClass().getResourceAsStream("alerts.json")) {
      assertThat(json.readTree(body)).isEqualTo(json.readTree(golden));
    }
  }

  @Test
  void secretsDoNotShow() {
    AlertmanagerAddress address =
        new AlertmanagerAddress(
            URI.create("https://am.example/base/"), new Secret("s3cret"), "", null);
    assertThat(address.toString()).doesNotContain("s3cret");
    assertThat(address.authorization()).isEqualTo("Bearer s3cret");
    assertThat(address.alerts()).hasToString("https://am.example/base/api/v2/alerts");
  }

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED",
    "202, DELIVERED",
    "301, DENIED",
    "400, REJECTED",
    "401, DENIED",
    "404, DENIED",
    "413, REJECTED",
    "422, REJECTED",
    "429, UNAVAILABLE",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
  })
  void aStatusMeansOneThing(int status, Outcome outcome) {
    assertThat(Outcome.ofStatus(status)).isEqualTo(outcome);
  }
}
