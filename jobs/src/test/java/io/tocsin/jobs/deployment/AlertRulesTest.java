// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.jobs.realinput.DebianProgram;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AlertRulesTest {
  private static final String TESTS = "dashboards/rules/tocsin-test.yaml";

  /** What complains when it is silent. */
  private static final String ALWAYS = "TocsinRulesWatchdog";

  @Test
  void theRulesPassTheirTests() throws Exception {
    String promtool = DebianProgram.PROMTOOL.path();
    Program.run(promtool, "check", "rules", Checkout.file(AlertRules.FILE).toString());
    Program.run(promtool, "test", "rules", Checkout.file(TESTS).toString());
  }

  @Test
  void everyAlertIsSeenToFireAndToBeSilent() throws Exception {
    Set<String> fires = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (JsonNode test : Checkout.yamlFile(TESTS).path("tests")) {
      for (JsonNode each : test.path("alert_rule_test")) {
        Set<String> seen = each.path("exp_alerts").isEmpty() ? silent : fires;
        seen.add(each.path("alertname").asText());
      }
    }
    Set<String> all = AlertRules.names();
    assertThat(fires).isEqualTo(all);
    all.remove(ALWAYS);
    assertThat(silent).isEqualTo(all);
  }

  @Test
  void everyAlertSaysWhatItIsAndHasAPlaybook() throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : AlertRules.alerts()) {
      String name = alert.path("alert").asText();
      names.add(name);
      assertThat(name).startsWith("Tocsin");
      assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info", "none");
      assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
      assertThat(alert.at("/annotations/description").asText()).endsWith(".");
      assertThat(alert.at("/annotations/runbook_url").asText())
          .isEqualTo(AlertRules.PLAYBOOKS + "#" + AlertRules.anchor(name));
    }
    assertThat(AlertRules.playbooks()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void kubernetesGetsTheSameRules() throws Exception {
    JsonNode forOperator = Checkout.yamlFile("k8s/flink-operator/base/rules.yaml").path("spec");
    assertThat(forOperator).isEqualTo(Checkout.yamlFile(AlertRules.FILE));
  }
}
