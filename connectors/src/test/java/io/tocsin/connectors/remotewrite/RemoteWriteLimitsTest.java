// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RemoteWriteLimitsTest {
  @Test
  void aValueOutOfItsRangeIsNamed() {
    assertThatThrownBy(() -> new RemoteWriteLimits(1, 1, 1, 1, 1, -1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxNameBytes is -1, it must be from 1 to 1048576");
    assertThatThrownBy(() -> new RemoteWriteLimits(1, 1, 1, 1, 1, 1, 1, 1, 1 << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxHistogramBuckets is 1073741824, it must be from 1 to 1048576");
  }
}
