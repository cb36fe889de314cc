// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LastingLabelsTest {
  @Test
  void theSeriesOfTwoPodsOfAWorkloadHaveTheSameLastingLabels() {
    assertThat(LastingLabels.of(ofPod("cart-5d4f-x2", "10.0.0.1:8080", "node-1")))
        .isEqualTo(LastingLabels.of(ofPod("cart-5d4f-z9", "10.0.0.2:8080", "node-2")))
        .isEqualTo(Labels.of(Labels.NAME, "http_requests_total", "service", "cart", "code", "200"));
  }

  private static Labels ofPod(String pod, String instance, String node) {
    return Labels.of(
        Labels.NAME,
        "http_requests_total",
        "service",
        "cart",
        "code",
        "200",
        "pod",
        pod,
        "instance",
        instance,
        "node",
        node,
        "exported_pod",
        pod);
  }
}
