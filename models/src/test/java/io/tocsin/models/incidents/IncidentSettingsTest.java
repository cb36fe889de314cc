// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IncidentSettingsTest {
  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> new IncidentSettings.Opening(1, 2, 2, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("metrics");
    assertThatThrownBy(() -> new IncidentSettings.Silence(5, Duration.ZERO))
        .hasMessageStartingWith("least");
    assertThatThrownBy(() -> new IncidentSettings.Critical(0.5, 3)).hasMessageStartingWith("score");
    assertThatThrownBy(() -> new IncidentSettings.Limits(500, 0, 500, 500, 5, 5, 5))
        .hasMessageStartingWith("open");
  }
}
