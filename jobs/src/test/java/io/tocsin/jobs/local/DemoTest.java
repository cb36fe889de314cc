// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoTest {
  @Test
  void anIncidentConcernsTheServiceWhereItIsFelt() {
    assertThat(Demo.concerns(incident("payments"), "payments")).isTrue();
    assertThat(Demo.concerns(incident("email"), "payments")).isFalse();
  }

  @Test
  void anIncidentConcernsItsFirstSuspectsAndNoOthers() {
    Incident incident = incident("checkout", "cart", "email", "payments", "ads");
    assertThat(Demo.concerns(incident, "cart")).isTrue();
    assertThat(Demo.concerns(incident, "payments")).isTrue();
    assertThat(Demo.concerns(incident, "ads")).isFalse();
  }

  private static Incident incident(String felt, String... suspects) {
    return new Incident(
        "0123456789abcdef",
        Transition.OPENED,
        1,
        3,
        1,
        2,
        0,
        Severity.CRITICAL,
        service(felt),
        "title",
        List.of(),
        Arrays.stream(suspects)
            .map(name -> new Suspect(service(name), 1, 0.1, 1, List.of()))
            .toList(),
        List.of(),
        List.of(),
        1,
        Grouping.NONE);
  }

  private static Entity service(String name) {
    return new Entity("", "shop", "", name, "", "");
  }
}
