// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules about Tocsin itself, and the playbooks. */
public final class AlertRules {
  /** Where the rules are, in the checkout. */
  public static final String FILE = "dashboards/rules/tocsin.yaml";

  static final String PLAYBOOKS = "dashboards/playbooks.md";

  private static final Pattern SECTION = Pattern.compile("^## (\\w+)$", Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private AlertRules() {}

  static List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode group : Checkout.yamlFile(FILE).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (rule.has("alert")) {
          alerts.add(rule);
        }
      }
    }
    return alerts;
  }

  /** The names of all alerts. */
  public static Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    alerts().forEach(alert -> names.add(alert.path("alert").asText()));
    return names;
  }

  /** All names in the expressions of the rules: those of metrics, and the words beside them. */
  public static Set<String> metrics() throws IOException {
    String expressions = String.join("\n", Checkout.yamlFile(FILE).findValuesAsText("expr"));
    return WORD.matcher(expressions).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** The alerts that have a section. */
  static List<String> playbooks() throws IOException {
    return SECTION.matcher(Checkout.text(PLAYBOOKS)).results().map(one -> one.group(1)).toList();
  }

  /** The anchor of a section. */
  static String anchor(String alert) {
    return alert.toLowerCase(Locale.ROOT);
  }
}
