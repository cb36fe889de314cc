// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Departure;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineDetectionTest {
  private static final long SECOND = 1000;

  /** 2026-03-01 10:00:00 UTC. */
  private static final long FAILURE = 1_772_359_200_000L;

  private static final long FROM = FAILURE - 3_600 * SECOND;
  private static final long UNTIL = FAILURE + 180 * SECOND;

  private final List<CaseLine> lines = new ArrayList<>();

  private static Entity service(String name) {
    return Reading.service("shop", name);
  }

  private List<Departure> departures() {
    FailureCase.Truth truth = new FailureCase.Truth(Set.of("mail"), Set.of(), null);
    return Detection.of(
            new FailureCase(
                "", "", List.of(), lines, List.of(), List.of(), null, FROM, FAILURE, UNTIL, truth))
        .departures();
  }

  private void talk(boolean fails) {
    for (long time = FROM; time < UNTIL; time += SECOND) {
      lines.add(new CaseLine(time, service("cart"), "INFO added item " + time % 7919));
      boolean failing = fails && time >= FAILURE;
      String text = failing ? "ERROR no connection to smtp" : "INFO sent mail " + time % 7919;
      lines.add(new CaseLine(time, service("mail"), text));
    }
  }

  @Test
  void linesThatChangeSpeakAgainstTheirService() {
    talk(true);
    assertThat(departures())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.entity().subject()).isEqualTo("mail"))
        .anySatisfy(each -> assertThat(each.evidence().kind()).isEqualTo(Evidence.Kind.LOG));
  }

  @Test
  void linesAsEverSayNothing() {
    talk(false);
    assertThat(departures()).isEmpty();
  }
}
