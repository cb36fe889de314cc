// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.Topology;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopVerdictTest {
  private static final long MINUTE = 60_000;

  @Test
  void aScenarioHasAllKindsAndPairsOfWhichNeitherNeedsTheOther() {
    ShopScenario scenario = ShopScenario.seeded(1, 20, Duration.ofHours(6));
    assertThat(scenario).isEqualTo(ShopScenario.seeded(1, 20, Duration.ofHours(6)));
    assertThat(scenario.faults()).hasSize(20);
    assertThat(scenario.faults().stream().map(Fault::kind).distinct()).hasSize(6);
    int pairs = 0;
    for (int i = 1; i < 20; i++) {
      Fault before = scenario.faults().get(i - 1);
      Fault fault = scenario.faults().get(i);
      if (fault.from() - before.from() < MINUTE) {
        pairs++;
        assertThat(Topology.related(before.service(), fault.service())).isFalse();
      }
    }
    assertThat(pairs).isBetween(4, 6);
  }

  @Test
  void ofTwoFaultsAtOnceEachHasTheIncidentThatSuspectsIt() {
    Fault ads = new Fault("ads", FaultKind.CPU_HOG, 60 * MINUTE, 68 * MINUTE);
    Fault cart = new Fault("cart", FaultKind.SLOW_DATABASE, 60 * MINUTE, 68 * MINUTE);
    ShopScenario scenario =
        new ShopScenario(0, 60 * MINUTE, 90 * MINUTE, List.of(ads, cart));
    ShopVerdict verdict =
        new ShopVerdict(
            scenario,
            List.of(
                incident("early", 5 * MINUTE, "email", "email"),
                incident("a", 61 * MINUTE, "frontend", "cart", "frontend"),
                incident("b", 61 * MINUTE, "frontend", "currency", "ads")));
    assertThat(verdict.cases())
        .extracting(each -> each.incident() == null ? "none" : each.incident().id())
        .containsExactly("b", "a");
    assertThat(verdict.others()).extracting(Incident::id).containsExactly("early");
    assertThat(verdict.figures())
        .containsEntry("shop.ac1", 0.5)
        .containsEntry("shop.ac3", 1.0)
        .containsEntry("shop.found", 2.0)
        .containsEntry("shop.incidents", 2.0)
        .containsEntry("shop.false_incidents_healthy", 1.0)
        .containsEntry("shop.others", 0.0)
        .containsEntry("shop.seconds_to_open.median", 60.0);
  }

  @Test
  void aFaultThatNobodySawIsMissed() {
    Fault ads = new Fault("ads", FaultKind.LOG_ERRORS, 60 * MINUTE, 68 * MINUTE);
    ShopScenario scenario = new ShopScenario(0, 60 * MINUTE, 90 * MINUTE, List.of(ads));
    ShopVerdict verdict =
        new ShopVerdict(scenario, List.of(incident("late", 80 * MINUTE, "ads", "ads")));
    assertThat(verdict.cases().get(0).toString()).isEqualTo("log-errors of ads: missed");
    assertThat(verdict.figures()).containsEntry("shop.others", 1.0);
  }

  private static Incident incident(String id, long opened, String felt, String... suspects) {
    return new Incident(
        id,
        Transition.OPENED,
        1,
        opened,
        opened,
        opened,
        0,
        Severity.WARNING,
        service(felt),
        "title",
        List.of(),
        Arrays.stream(suspects)
            .map(name -> new Suspect(service(name), 1, 0.3, opened, List.of()))
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
