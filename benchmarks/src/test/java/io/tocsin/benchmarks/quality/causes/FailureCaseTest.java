// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureCaseTest {
  private static FailureCase failure(long time, long until) {
    FailureCase.Truth truth = new FailureCase.Truth(Set.of("cart"), Set.of(), null);
    return new FailureCase(
        "", "cpu", List.of(), List.of(), List.of(), List.of(), null, 0, time, until, truth);
  }

  @Test
  void theTimeBeforeAFailureEndsWhereItBegins() {
    FailureCase before = failure(100, 140).before(40);
    assertThat(before.from()).isZero();
    assertThat(before.time()).isEqualTo(60);
    assertThat(before.until()).isEqualTo(100);
    assertThat(before.truth()).isEqualTo(FailureCase.Truth.NOTHING);
  }

  @Test
  void oneThatIsNotOverWhenThatTimeBeginsLiesInIt() {
    FailureCase failure = failure(100, 140);
    assertThat(failure(20, 60).liesBefore(failure, 40)).isFalse();
    assertThat(failure(20, 61).liesBefore(failure, 40)).isTrue();
    assertThat(failure(80, 120).liesBefore(failure, 40)).isTrue();
    assertThat(failure.liesBefore(failure, 40)).isFalse();
    assertThat(failure(140, 180).liesBefore(failure, 40)).isFalse();
  }
}
