// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EntityTest {
  /** State finds entities by it, so it stays the hash of what records of Java 17 print. */
  @Test
  void theHashIsThatOfAllPartsByName() {
    Entity entity = new Entity("eu-1", "shop", "cart", "payments", "node-3", "cart-7d9f-x2");
    assertThat(entity.hash()).isEqualTo(SeriesHash.ofText(entity.toString()));
    assertThat(entity.toString())
        .isEqualTo(
            "Entity[cluster=eu-1, namespace=shop, workload=cart, service=payments, node=node-3,"
                + " instance=cart-7d9f-x2]");
  }
}
