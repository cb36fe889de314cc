// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecoderEqualityTest {
  @Test
  void theDecoderAgreesWithProtobufJavaOnMutatedBodies() {
    DecoderEquality.Result result = DecoderEquality.run(100_000, 20_260_101);
    assertThat(result.examples()).isEmpty();
    assertThat(result.different()).isZero();
    assertThat(result.accepted()).isGreaterThan(20_000);
    assertThat(result.rejected()).isGreaterThan(20_000);
  }
}
