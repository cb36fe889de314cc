// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.SECOND;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.at;
import static io.tocsin.models.incidents.Story.evidence;
import static io.tocsin.models.incidents.Story.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Incident.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertMakerTest {
  private final AlertMaker maker = new AlertMaker("https://tocsin.example", Language.ENGLISH);
  private final Story story = new Story();

  @Test
  void labelsStayTheSameFromTheOpeningToTheEnd() {
    Finding symptom = symptom("shop/checkout", 0, 1.2);
    story.tells(symptom).tells(at(symptom, Phase.CONTINUES, 60, 6));
    story.tells(evidence("shop/payments", "cpu", 70, 6));
    story.tells(at(symptom, Phase.ENDED, 180, 0));
    List<Alert> alerts = new ArrayList<>();
    for (int second = 0; second < 1_000; second++) {
      story.until(second).book.told().forEach(told -> alerts.add(maker.alert(told)));
    }
    assertThat(alerts).extracting(Alert::labels).containsOnly(alerts.get(0).labels());
    assertThat(alerts).extracting(Alert::id).containsOnly(alerts.get(0).id());
    assertThat(alerts).extracting(Alert::startsAt).containsOnly(START - 20 * SECOND);
    assertThat(alerts).extracting(Alert::firing).contains(true, false);
    assertThat(alerts.get(0).labels())
        .isEqualTo(
            Map.of(
                "alertname", "TocsinIncident",
                "severity", "warning",
                "incident", story.last().id(),
                "namespace", "shop",
                "service", "checkout",
                "workload", "checkout"));
    assertThat(story.last().transition()).isEqualTo(Transition.RESOLVED);
    Alert last = alerts.get(alerts.size() - 1);
    assertThat(last.endsAt()).isEqualTo(START + 180 * SECOND);
    assertThat(last.annotations())
        .containsEntry("current_severity", "critical")
        .containsEntry("summary", "checkout: latency_seconds is 6 s, expected 500 ms")
        .containsEntry("incident_url", "https://tocsin.example/incidents/" + story.last().id());
    assertThat(last.annotations().get("suspects")).startsWith("payments ");
    assertThat(last.annotations().get("description"))
        .contains("latency_seconds{namespace=\"shop\",service=\"checkout\"}: 6 s")
        .contains("never seen before")
        .contains("Probable cause: payments");
  }

  @Test
  void withoutAnAddressThereAreNoLinks() {
    story.tells(symptom("shop/checkout", 0, 1.2)).until(1);
    Alert alert = new AlertMaker("", Language.ENGLISH).alert(story.book.told().get(0));
    assertThat(alert.annotations()).doesNotContainKeys("incident_url", "runbook_url");
  }

  @Test
  void theWatchdogAlwaysFiresUnderTheSameName() {
    Alert watchdog = maker.watchdog(START);
    assertThat(watchdog.firing()).isTrue();
    assertThat(watchdog.labels())
        .isEqualTo(Map.of("alertname", "TocsinWatchdog", "severity", "none"));
    assertThat(watchdog.id())
        .isEqualTo(new AlertMaker("", Language.ENGLISH).watchdog(START + 1).id());
  }
}
