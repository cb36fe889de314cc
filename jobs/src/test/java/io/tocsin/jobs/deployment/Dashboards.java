// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboards, and what they ask Prometheus. */
public final class Dashboards {
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private Dashboards() {}

  /**
   * A question to Prometheus.
   *
   * @param of where it stands
   * @param expression with values for all variables
   */
  public record Question(String of, String expression) {}

  /** Each by the word that its file is named by. */
  static Map<String, JsonNode> all() throws IOException {
    Map<String, JsonNode> all = new TreeMap<>();
    for (Path file : Checkout.files("dashboards/grafana", ".json")) {
      all.put(file.getFileName().toString().replace(".json", ""), Checkout.json(file));
    }
    return all;
  }

  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    dashboard
        .path("panels")
        .forEach(
            panel -> {
              if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
              }
            });
    return panels;
  }

  /** All that is asked: by panels, annotations and variables. */
  public static List<Question> questions() throws IOException {
    List<Question> questions = new ArrayList<>();
    all().forEach((word, dashboard) -> addQuestions(word, dashboard, questions));
    return questions;
  }

  private static void addQuestions(String word, JsonNode dashboard, List<Question> questions) {
    for (JsonNode panel : panels(dashboard)) {
      for (JsonNode target : panel.path("targets")) {
        String of =
            word + ", " + panel.path("title").asText() + ", " + target.path("refId").asText();
        questions.add(new Question(of, filled(target.path("expr").asText(), dashboard)));
      }
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      String of = word + ", " + annotation.path("name").asText();
      questions.add(new Question(of, filled(annotation.path("expr").asText(), dashboard)));
    }
    for (JsonNode variable : variables(dashboard)) {
      Matcher matcher = LABEL_VALUES.matcher(variable.at("/query/query").asText());
      if (matcher.matches()) {
        String of = word + ", variable " + variable.path("name").asText();
        String asked = "count by (%s) (%s)".formatted(matcher.group(2), matcher.group(1));
        questions.add(new Question(of, filled(asked, dashboard)));
      }
    }
  }

  static JsonNode variables(JsonNode dashboard) {
    return dashboard.at("/templating/list");
  }

  /** With all chosen, and what is typed in as it is shipped. */
  private static String filled(String expression, JsonNode dashboard) {
    String filled = expression.replace("$__rate_interval", "1m");
    for (JsonNode variable : variables(dashboard)) {
      boolean typed = variable.path("type").asText().equals("textbox");
      String value = typed ? variable.path("query").asText() : ".*";
      filled = filled.replace("$" + variable.path("name").asText(), value);
    }
    return filled;
  }
}
