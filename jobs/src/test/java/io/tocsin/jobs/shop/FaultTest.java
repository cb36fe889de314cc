// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultTest {
  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void everyKindIsFoundByItsWordAndCanHappenSomewhere(FaultKind kind) {
    assertThat(FaultKind.of(kind.word())).contains(kind);
    assertThat(Topology.services()).anyMatch(kind::canHappenTo);
  }

  @Test
  void wordsArePlain() {
    assertThat(FaultKind.BAD_DEPLOY.word()).isEqualTo("bad-deploy");
    assertThat(FaultKind.of("BAD_DEPLOY")).isEmpty();
  }

  @Test
  void aServiceWithoutADatabaseCannotHaveASlowOne() {
    assertThatThrownBy(() -> new Fault("email", FaultKind.SLOW_DATABASE, 0, 1))
        .hasMessage("slow-database cannot happen to email");
    assertThatThrownBy(() -> new Fault("frontend", FaultKind.NETWORK_DELAY, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fault("cart", FaultKind.QUEUE_STALL, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fault("nobody", FaultKind.CPU_HOG, 0, 1))
        .hasMessage("the shop has no service nobody");
  }

  @Test
  void itsForceGrowsAndFades() {
    Fault fault = new Fault("cart", FaultKind.CPU_HOG, 1_000, 101_000);

    assertThat(fault.force(999)).isZero();
    assertThat(fault.force(8_500)).isEqualTo(0.5);
    assertThat(fault.force(50_000)).isEqualTo(1);
    assertThat(fault.force(106_000)).isEqualTo(0.5);
    assertThat(fault.force(111_000)).isZero();
  }

  @Test
  void itCanBeEndedEarlyButNotBeforeItBegan() {
    Fault fault = new Fault("cart", FaultKind.CPU_HOG, 1_000, Long.MAX_VALUE);

    assertThat(fault.endingAt(5_000).until()).isEqualTo(5_000);
    assertThat(fault.endingAt(500).until()).isEqualTo(1_000);
  }
}
