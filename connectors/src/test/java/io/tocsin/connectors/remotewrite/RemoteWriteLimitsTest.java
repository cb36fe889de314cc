// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RemoteWriteLimitsTest {
  @Test
  void allProblemsAreNamedAtOnce() {
    assertThatThrownBy(() -> new RemoteWriteLimits(0, 1, 1, 1, 1, -1, 1, 1, 1 << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxBodyBytes is 0")
        .hasMessageContaining("maxNameBytes is -1")
        .hasMessageContaining("maxHistogramBuckets is 1073741824");
  }
}
