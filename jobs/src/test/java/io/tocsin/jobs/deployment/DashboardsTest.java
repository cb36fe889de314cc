// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.jobs.realinput.DebianProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a dashboard fit to be shipped. Whether its questions have answers, the demo shows. */
final class DashboardsTest {
  private static final Pattern ELSEWHERE = Pattern.compile("^/d/(tocsin-\\w+)(?:\\?(.*))?$");
  private static final Pattern PLAYBOOK = Pattern.compile("^\\$\\{playbooks}#(\\w+)$");
  private static final int OLDEST_SCHEMA = 39;
  private static final int COLUMNS = 24;

  @TempDir Path directory;

  @Test
  void eachIsFoundByItsWordAndShippedToKubernetes() throws Exception {
    List<String> titles = new ArrayList<>();
    List<String> shipped =
        Checkout.yamlFile("dashboards/kustomization.yaml")
            .path("configMapGenerator")
            .findValues("files")
            .stream()
            .map(files -> files.get(0).asText())
            .toList();
    for (Map.Entry<String, JsonNode> each : Dashboards.all().entrySet()) {
      JsonNode dashboard = each.getValue();
      assertThat(dashboard.path("uid").asText()).isEqualTo("tocsin-" + each.getKey());
      assertThat(dashboard.has("id") && dashboard.path("id").isNull()).isTrue();
      assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(OLDEST_SCHEMA);
      assertThat(dashboard.path("description").asText()).isNotBlank();
      assertThat(dashboard.path("tags").toString()).contains("tocsin");
      assertThat(shipped).contains("grafana/" + each.getKey() + ".json");
      titles.add(dashboard.path("title").asText());
    }
    assertThat(titles).doesNotHaveDuplicates().hasSize(7).hasSameSizeAs(shipped);
  }

  @Test
  void theDataSourceIsChosenAndNeverWritten() throws Exception {
    for (JsonNode dashboard : Dashboards.all().values()) {
      JsonNode first = Dashboards.variables(dashboard).get(0);
      assertThat(first.path("name").asText()).isEqualTo("datasource");
      assertThat(first.path("query").asText()).isEqualTo("prometheus");
      List<JsonNode> written =
          dashboard.findValues("datasource").stream().filter(JsonNode::isObject).toList();
      assertThat(written).hasSizeGreaterThan(3);
      for (JsonNode source : written) {
        assertThat(source.path("uid").asText()).isEqualTo("${datasource}");
      }
      Dashboards.panels(dashboard)
          .forEach(
              panel ->
                  panel
                      .path("targets")
                      .forEach(target -> assertThat(target.has("datasource")).isTrue()));
    }
  }

  @Test
  void panelsExplainThemselvesAndDoNotOverlap() throws Exception {
    for (JsonNode dashboard : Dashboards.all().values()) {
      Set<Integer> ids = new TreeSet<>();
      Set<String> taken = new TreeSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).as(panel.path("title").asText()).isTrue();
        JsonNode at = panel.path("gridPos");
        assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
        for (int x = 0; x < at.path("w").asInt(); x++) {
          for (int y = 0; y < at.path("h").asInt(); y++) {
            String cell = (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
            assertThat(taken.add(cell)).as("%s at %s", panel.path("title"), cell).isTrue();
          }
        }
      }
      for (JsonNode panel : Dashboards.panels(dashboard)) {
        assertThat(panel.path("title").asText()).isNotBlank();
        assertThat(panel.path("description").asText())
            .as(panel.path("title").asText())
            .endsWith(".");
      }
    }
  }

  @Test
  void linksLeadToDashboardsAndPlaybooksThatThereAre() throws Exception {
    Map<String, JsonNode> all = Dashboards.all();
    Set<String> playbooks = new TreeSet<>();
    AlertRules.playbooks().forEach(alert -> playbooks.add(AlertRules.anchor(alert)));
    for (JsonNode dashboard : all.values()) {
      int links = 0;
      for (JsonNode panel : Dashboards.panels(dashboard)) {
        for (JsonNode link : panel.at("/fieldConfig/defaults/links")) {
          String url = link.path("url").asText();
          Matcher playbook = PLAYBOOK.matcher(url);
          if (playbook.matches()) {
            assertThat(playbooks).contains(playbook.group(1));
          } else {
            assertLeads(url, all);
          }
          links++;
        }
      }
      assertThat(links).as(dashboard.path("title").asText()).isPositive();
      assertThat(dashboard.path("links").findValuesAsText("url")).contains("${playbooks}");
    }
  }

  private static void assertLeads(String url, Map<String, JsonNode> all) {
    Matcher matcher = ELSEWHERE.matcher(url);
    assertThat(matcher.matches()).as(url).isTrue();
    JsonNode target = all.get(matcher.group(1).replace("tocsin-", ""));
    assertThat(target).as(url).isNotNull();
    String parameters = matcher.group(2) == null ? "" : matcher.group(2);
    for (String parameter : parameters.split("&", -1)) {
      if (parameter.startsWith("var-")) {
        assertThat(Dashboards.variables(target).findValuesAsText("name"))
            .as(url)
            .contains(parameter.substring("var-".length()).replaceFirst("=.*", ""));
      }
    }
  }

  @Test
  void prometheusCanReadEveryExpression() throws Exception {
    List<Dashboards.Question> questions = Dashboards.questions();
    assertThat(questions).hasSizeGreaterThan(60);
    StringBuilder rules = new StringBuilder("groups:\n- name: all\n  rules:\n");
    for (int i = 0; i < questions.size(); i++) {
      String expression = questions.get(i).expression();
      assertThat(expression).as(questions.get(i).of()).doesNotContain("$");
      rules.append("  - {record: 'asked:%d', expr: '%s'}\n".formatted(i, expression));
    }
    Path file = Files.writeString(directory.resolve("asked.yaml"), rules);
    Program.run(DebianProgram.PROMTOOL.path(), "check", "rules", file.toString());
  }
}
