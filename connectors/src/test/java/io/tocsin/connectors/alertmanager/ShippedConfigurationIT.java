// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager's own tool on the shipped configuration; left out where it is not installed. */
class ShippedConfigurationIT {
  private static final Path SHIPPED = Path.of("../dashboards/alertmanager");
  private static final String DATA =
      """
      {"status": "%s", "externalURL": "http://am.example",
       "alerts": [{"status": "%s", "labels": {}, "annotations": {"description": "errors 7 /s"},
                   "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-01T00:10:00Z"}],
       "commonLabels": {"alertname": "TocsinIncident", "severity": "warning"},
       "commonAnnotations": {"summary": "payments fail", "current_severity": "critical",
                             "suspects": "payments 93 %%",
                             "incident_url": "https://tocsin.example/incidents/1"}}
      """;

  @TempDir Path directory;

  @BeforeAll
  static void requireTool() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "amtool")));
    Assumptions.assumeTrue(
        there || "true".equals(System.getenv("CI")),
        "amtool of prometheus-alertmanager is not installed; left out");
    assertThat(there).as("amtool must be installed").isTrue();
  }

  private String amtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("amtool"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private String rendered(String template, String status) throws Exception {
    Path data = directory.resolve("data.json");
    Files.writeString(data, DATA.formatted(status, status));
    return amtool(
        "template",
        "render",
        "--template.glob=" + SHIPPED.resolve("tocsin.tmpl"),
        "--template.text={{ template \"" + template + "\" . }}",
        "--template.data=" + data);
  }

  @Test
  void itIsRight() throws Exception {
    assertThat(amtool("check-config", SHIPPED.resolve("alertmanager.yml").toString()))
        .contains("4 receivers", "1 templates")
        .doesNotContain("FAILED");
  }

  /** The receivers of an alert; before them, the tool may say that it has read no other file. */
  private String told(String alert, String severity) throws Exception {
    String said =
        amtool(
            "config",
            "routes",
            "test",
            "--config.file=" + SHIPPED.resolve("alertmanager.yml"),
            "alertname=" + alert,
            "severity=" + severity);
    return said.substring(said.lastIndexOf('\n') + 1);
  }

  @Test
  void eachWatchdogHasItsOwnListenerAndNobodyElseHearsIt() throws Exception {
    assertThat(told("TocsinWatchdog", "none")).isEqualTo("outside-tocsin");
    assertThat(told("TocsinRulesWatchdog", "none")).isEqualTo("outside-prometheus");
  }

  @Test
  void whatIsCriticalAlsoCallsSomebody() throws Exception {
    assertThat(told("TocsinIncident", "critical")).isEqualTo("oncall,chat");
    assertThat(told("TocsinDown", "critical")).isEqualTo("oncall,chat");
    assertThat(told("TocsinIncident", "warning")).isEqualTo("chat");
    assertThat(told("TocsinDeadLetters", "warning")).isEqualTo("chat");
  }

  @Test
  void itsTemplatesSayWhatIsWrongAndThatItIsOver() throws Exception {
    assertThat(rendered("tocsin.title", "firing")).isEqualTo("CRITICAL: payments fail");
    assertThat(rendered("tocsin.slack.text", "firing")).isEqualTo("errors 7 /s");
    assertThat(rendered("tocsin.pagerduty.severity", "firing")).isEqualTo("critical");
    assertThat(rendered("tocsin.link", "firing")).isEqualTo("https://tocsin.example/incidents/1");
    assertThat(rendered("tocsin.picture", "firing"))
        .isEqualTo("https://tocsin.example/incidents/1/symptom.png");
    assertThat(rendered("tocsin.title", "resolved")).isEqualTo("Resolved: payments fail");
    assertThat(rendered("tocsin.slack.text", "resolved"))
        .isEqualTo("Lasted 10m0s. Probable cause: payments 93 %");
  }
}
