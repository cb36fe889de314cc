// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleSetTest {
  private static MetricRule rule(String metric, Map<String, String> labels, Role role) {
    Map<String, Glob> globs = new HashMap<>();
    labels.forEach((name, glob) -> globs.put(name, new Glob(glob)));
    return new MetricRule(
        new Glob(metric), globs, role, MetricRule.Side.UP, null, metric + labels, 1, 0.5, false);
  }

  private static MetricRule ask(List<MetricRule> rules, String... labels) {
    return new RuleSet(Rules.of(rules)).ruleFor(Labels.of(labels), MetricKind.GAUGE);
  }

  @Test
  void theFirstRuleThatMatchesHolds() {
    MetricRule errors = rule("requests", Map.of("code", "5*"), Role.SYMPTOM);
    MetricRule any = rule("req*", Map.of(), Role.EVIDENCE);
    MetricRule late = rule("requests", Map.of(), Role.IGNORED);
    List<MetricRule> rules = List.of(errors, any, late);
    assertThat(ask(rules, Labels.NAME, "requests", "code", "503")).isSameAs(errors);
    assertThat(ask(rules, Labels.NAME, "requests", "code", "200")).isSameAs(any);
    assertThat(ask(rules, Labels.NAME, "requests")).isSameAs(any);
    assertThat(ask(List.of(late, any), Labels.NAME, "requests")).isSameAs(late);
  }

  @Test
  void anAbsentLabelIsTheEmptyText() {
    MetricRule total = rule("requests", Map.of("code", "|all"), Role.SYMPTOM);
    assertThat(ask(List.of(total), Labels.NAME, "requests")).isSameAs(total);
    assertThat(ask(List.of(total), Labels.NAME, "requests", "code", "200").role())
        .isEqualTo(Role.EVIDENCE);
  }

  @Test
  void whatTocsinWritesIsIgnoredWhateverTheRulesSay() {
    MetricRule all = rule("*|tocsin_anomaly_score", Map.of(), Role.SYMPTOM);
    assertThat(ask(List.of(all), Labels.NAME, "tocsin_anomaly_score").role())
        .isEqualTo(Role.IGNORED);
  }

  @ParameterizedTest
  @EnumSource(MetricKind.class)
  void everyKindHasADefault(MetricKind kind) {
    MetricRule rule = new RuleSet(Rules.of(List.of())).ruleFor(Labels.of(Labels.NAME, "x"), kind);
    boolean ignored = kind == MetricKind.INFO || kind == MetricKind.STATE_SET;
    assertThat(rule.role()).isEqualTo(ignored ? Role.IGNORED : Role.EVIDENCE);
    assertThat(rule.direction()).isEqualTo(MetricRule.Side.BOTH);
    assertThat(rule.minRelative()).isEqualTo(ignored ? 0 : 0.1);
  }

  @Test
  void aKindWithoutADefaultIsRefused() {
    assertThatThrownBy(() -> new Rules(List.of(), Map.of()))
        .hasMessageStartingWith("no rule for series of kind");
  }

  @Test
  void theIndexFindsWhatAskingOneAfterTheOtherFinds() {
    Random random = new Random(5);
    List<String> names = List.of("a", "ab", "abc", "b", "bc", "*", "a*", "*c", "b|a*", "ab|b*");
    for (int round = 0; round < 2_000; round++) {
      List<MetricRule> rules = new ArrayList<>();
      for (int n = random.nextInt(6); n > 0; n--) {
        Map<String, String> labels = random.nextBoolean() ? Map.of() : Map.of("l", "x*");
        rules.add(rule(names.get(random.nextInt(names.size())), labels, Role.SYMPTOM));
      }
      Labels series =
          Labels.of(
              Labels.NAME, names.get(random.nextInt(5)), "l", random.nextBoolean() ? "x" : "y");
      Rules all = Rules.of(rules);
      MetricRule expected =
          rules.stream()
              .filter(rule -> rule.matches(series))
              .findFirst()
              .orElse(all.byKind().get(MetricKind.GAUGE));
      assertThat(new RuleSet(all).ruleFor(series, MetricKind.GAUGE)).isSameAs(expected);
    }
  }

  @Test
  void rulesTravelWithAFunction() throws IOException, ClassNotFoundException {
    Rules rules = Rules.of(List.of(rule("a*", Map.of("l", "x"), Role.SYMPTOM)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rules);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(rules);
    }
  }
}
