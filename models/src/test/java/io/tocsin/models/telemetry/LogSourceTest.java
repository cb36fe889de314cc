// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogSourceTest {
  private static final String POD = "payments-5d4f8c7b9-x2x4z";

  @Test
  void itIsTheEntityThatMetricsOfThePodAreAbout() {
    LogSource source = LogSource.of("shop", "payments", POD, "node-1");
    Labels ofMetric =
        Labels.of(
            "__name__",
            "http_requests_total",
            "namespace",
            "shop",
            "app",
            "payments",
            "pod",
            POD,
            "node",
            "node-1");

    assertThat(source.entity())
        .isEqualTo(new EntityRules(EntityLabels.DEFAULTS).of(ofMetric))
        .isEqualTo(new Entity("", "shop", "payments", "payments", "node-1", POD));
  }

  @Test
  void withoutAServiceItIsNamedByItsWorkloadOrItsMachine() {
    assertThat(LogSource.of("shop", "", POD, "node-1").name()).isEqualTo("payments");
    assertThat(LogSource.of("", "", "", "node-1").name()).isEqualTo("node-1");
    assertThat(LogSource.of("", "", "", "node-1").entity().kind()).isEqualTo(Entity.Kind.NODE);
  }

  @Test
  void allPodsOfAServiceHaveOneHash() {
    LogSource one = LogSource.of("shop", "payments", POD, "node-1");

    assertThat(LogSource.of("shop", "payments", "payments-7c9-abcde", "node-2").hash())
        .isEqualTo(one.hash());
    assertThat(LogSource.of("test", "payments", POD, "node-1").hash()).isNotEqualTo(one.hash());
    assertThat(LogSource.of("payments", "shop", POD, "node-1").hash()).isNotEqualTo(one.hash());
  }

  @Test
  void theHashIsFixedForEver() {
    assertThat(SeriesHash.hex(LogSource.of("shop", "payments", POD, "node-1").hash()))
        .isEqualTo("e6de4fe2d89cfd25");
  }
}
