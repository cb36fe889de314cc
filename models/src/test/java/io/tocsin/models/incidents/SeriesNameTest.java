// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.Labels;
import org.junit.jupiter.api.Test;

class SeriesNameTest {
  private static String named(String... labels) {
    return SeriesName.of(Labels.of(labels).with(Labels.NAME, "http_requests_total"));
  }

  @Test
  void whatSaysWhereTheSeriesIsIsLeftOut() {
    assertThat(named("namespace", "shop", "pod", "cart-0", "service", "cart", "job", "cart"))
        .isEqualTo("http_requests_total");
    assertThat(named("code", "500", "namespace", "shop", "instance", "10.0.0.1:80"))
        .isEqualTo("http_requests_total{code=\"500\"}");
  }

  @Test
  void ofManyLabelsTheTwoThatTellMostAreShown() {
    assertThat(named("a", "1", "b", "2", "method", "GET", "reason", "x", "status", "502"))
        .isEqualTo("http_requests_total{status=\"502\",reason=\"x\"}");
    assertThat(named("zone", "a", "code", "500", "method", "GET"))
        .isEqualTo("http_requests_total{code=\"500\",method=\"GET\"}");
  }

  @Test
  void aLongValueIsCut() {
    assertThat(named("handler", "/x".repeat(50)))
        .isEqualTo("http_requests_total{handler=\"" + "/x".repeat(19) + "/…\"}");
  }
}
