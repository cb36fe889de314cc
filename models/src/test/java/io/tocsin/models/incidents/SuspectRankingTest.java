// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.MINUTE;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.evidence;
import static io.tocsin.models.incidents.Story.finding;
import static io.tocsin.models.incidents.Story.named;
import static io.tocsin.models.incidents.Story.service;
import static io.tocsin.models.incidents.Story.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingDraft;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectRankingTest {
  private final Story story = new Story();

  private List<Suspect> suspects() {
    return story.until(120).last().suspects();
  }

  private String first() {
    return suspects().get(0).entity().subject();
  }

  @Test
  void theServiceWhoseResourcesMovedFirstIsAboveItsCallers() {
    story.tells(evidence("shop/payments", "cpu", 0, 6));
    story.tells(evidence("shop/payments", "gc", 10, 3));
    story.tells(symptom("shop/payments", 20, 4));
    story.tells(symptom("shop/checkout", 30, 8));
    story.tells(finding("shop/checkout", "errors", Role.SYMPTOM, 30, 8));
    story.tells(symptom("shop/frontend", 40, 9));
    assertThat(first()).isEqualTo("payments");
    assertThat(suspects().get(0).confidence()).isGreaterThan(0.5);
  }

  @Test
  void oneWildMetricDoesNotBeatSeveralThatAgree() {
    story.tells(evidence("shop/noisy", "cpu", 0, 1e9));
    for (String metric : List.of("cpu", "memory", "queue", "gc")) {
      story.tells(evidence("shop/payments", metric, 0, 8));
    }
    story.tells(symptom("shop/checkout", 10, 2));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void manySeriesOfOneMetricCountOnce() {
    for (int i = 0; i < 50; i++) {
      story.tells(named(evidence("shop/wide", "cpu", 0, 3), "wide-" + i));
    }
    story.tells(evidence("shop/payments", "cpu", 0, 3));
    story.tells(evidence("shop/payments", "memory", 0, 3));
    story.tells(symptom("shop/checkout", 10, 2));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void fallsCountLessThanRises() {
    Finding fall = evidence("shop/idle", "cpu", 0, 8);
    story.tells(Story.of(fall, fall.entity(), Direction.DOWN));
    story.tells(evidence("shop/payments", "cpu", 0, 5));
    story.tells(symptom("shop/checkout", 10, 1.5));
    assertThat(first()).isEqualTo("payments");
  }

  private static Finding lines(String entity, String level, double score) {
    LogEvidence log = new LogEvidence("00", "a line", level, List.of("a line"), "", null);
    return FindingDraft.like(evidence(entity, "lines", 0, score)).log(log).finding();
  }

  @Test
  void moreLinesOfRoutineCountLessThanMoreLinesOfTrouble() {
    story.tells(lines("shop/busy", "info", 8));
    story.tells(lines("shop/payments", "error", 5));
    story.tells(symptom("shop/checkout", 10, 1.5));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void linesOfRoutineThatAreMissingCountAsMuchAsOthers() {
    Finding missing = lines("shop/payments", "info", 16);
    story.tells(lines("shop/busy", "error", 5));
    story.tells(Story.of(missing, missing.entity(), Direction.DOWN));
    story.tells(symptom("shop/checkout", 10, 1.5));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void aCallThatNamesNoClusterExplainsAsWell() {
    story.calls("checkout", "payments").calls("frontend", "checkout");
    for (String each : List.of("frontend", "checkout", "payments")) {
      Entity entity = new Entity("prod", "shop", each, each, "", "");
      story.tells(Story.of(symptom("shop/" + each, 10, 8), entity, Direction.UP));
    }
    assertThat(first()).isEqualTo("payments");
    assertThat(suspects().get(0).confidence()).isGreaterThan(0.5);
  }

  private static Finding call(String about, Labels labels) {
    String[] parts = about.split("/", -1);
    return FindingDraft.like(finding(about, "call", Role.EVIDENCE, 10, 8))
        .labels(labels)
        .entity(new Entity("", parts[0], "", parts[1], "", ""))
        .finding();
  }

  private List<String> names() {
    return suspects().stream()
        .map(each -> each.entity().namespace() + "/" + each.entity().subject())
        .toList();
  }

  @Test
  void aSlowCallOutOfAProxySpeaksOfTheCallee() {
    story.calls("checkout", "payments");
    Labels outbound =
        Labels.of(
            Labels.NAME,
            "response_latency_ms:p95",
            "direction",
            "outbound",
            "dst_service",
            "payments",
            "dst_namespace",
            "shop");
    story.tells(call("shop/checkout", outbound));
    story.tells(symptom("shop/payments", 10, 3));
    story.tells(symptom("shop/checkout", 10, 3));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void theEndsOfCallsThatNameNoNamespaceAreThoseThatAreKnown() {
    story.calls("checkout", "payments");
    Labels labels =
        Labels.of(
            Labels.NAME,
            "traces_service_graph_request_client_seconds:p95",
            "client",
            "checkout",
            "server",
            "payments");
    story.tells(call("/payments", labels));
    story.tells(evidence("shop/payments", "cpu", 10, 8));
    story.tells(symptom("shop/checkout", 10, 8));
    assertThat(names()).containsExactly("shop/payments");
    assertThat(story.last().cleared())
        .extracting(each -> each.entity().namespace() + "/" + each.entity().subject())
        .containsExactly("shop/checkout");
    assertThat(story.last().grouping().members())
        .extracting(each -> each.entity().namespace())
        .containsExactly("shop", "shop");
  }

  @Test
  void whereTwoCanBeMeantNeitherIs() {
    Subjects subjects = new Subjects();
    Entity meant = new Entity("", "", "", "payments", "", "");
    subjects.learn(service("shop", "payments"));
    assertThat(subjects.of(meant)).isEqualTo(subjects.of(service("shop", "payments")));
    subjects.learn(service("money", "payments"));
    assertThat(subjects.of(meant)).isEqualTo(Subject.of(meant));
  }

  @Test
  void aCallerInAnotherNamespaceIsNobodyElse() {
    Labels labels =
        Labels.of(
            Labels.NAME,
            "traces_service_graph_request_client_seconds:p95",
            "client",
            "frontend",
            "client_k8s_namespace_name",
            "web",
            "server",
            "payments",
            "server_k8s_namespace_name",
            "shop");
    story.tells(call("shop/payments", labels));
    story.tells(evidence("shop/payments", "cpu", 10, 8));
    story.tells(symptom("shop/payments", 10, 8));
    assertThat(names()).contains("shop/payments").doesNotContain("shop/frontend");
  }

  @Test
  void aChangeThatNamesNoClusterIsBlamedAsWell() {
    story.calls("checkout", "payments");
    Entity payments = new Entity("prod", "shop", "payments", "payments", "", "");
    story.tells(Story.of(symptom("shop/payments", 60, 8), payments, Direction.UP));
    story.changed(
        new Change("c1", START, "deploy", service("shop", "payments"), "payments 2", "2", "", ""));
    assertThat(suspects().get(0).evidence().get(0).finding()).isEqualTo("c1");
  }

  @Test
  void whatIsSaidOfAnEntityAsAWholeIsNothingThatItsSeriesDoNotSay() {
    story.tells(evidence("shop/payments", "cpu", 0, 4));
    story.tells(symptom("shop/checkout", 10, 3));
    story.tells(finding("shop/checkout", "tocsin_entity_distance", Role.SYMPTOM, 0, 20));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void anEntityAsAWholeDoesNotTellWhatUsersFelt() {
    Finding whole = finding("shop/checkout", "tocsin_entity_distance", Role.SYMPTOM, 0, 4);
    story.tells(FindingDraft.like(whole).unit("").finding());
    story.tells(symptom("shop/payments", 20, 8));
    story.tells(evidence("shop/other", "cpu", 20, 2));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void howFarSomethingWentIsMeasuredByWhatWasUsualThen() {
    Finding far =
        FindingDraft.like(evidence("shop/payments", "cpu", 0, 6)).values(40, 0.5).finding();
    story.tells(far);
    story.tells(FindingDraft.like(Story.at(far, Phase.CONTINUES, 60, 5)).upper(50).finding());
    story.tells(evidence("shop/other", "cpu", 0, 20));
    story.tells(symptom("shop/checkout", 10, 2));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void whoFollowsLongAfterIsLess() {
    story.tells(symptom("shop/checkout", 0, 2));
    story.tells(evidence("shop/payments", "cpu", 0, 5));
    story.tells(evidence("shop/late", "cpu", 110, 8));
    assertThat(first()).isEqualTo("payments");
  }

  @Test
  void aDeployShortlyBeforeSpeaksForItsService() {
    Change change =
        new Change(
            "c1", START - 3 * MINUTE, "deploy", service("shop", "b"), "b 1.42", "1.42", "jan", "");
    story.changed(change);
    story.tells(evidence("shop/a", "cpu", 0, 5));
    story.tells(evidence("shop/b", "cpu", 0, 5));
    story.tells(symptom("shop/checkout", 10, 1.5));
    Suspect suspect = suspects().get(0);
    assertThat(suspect.entity().subject()).isEqualTo("b");
    assertThat(suspect.evidence().get(0).kind()).isEqualTo(Evidence.Kind.CHANGE);
    assertThat(suspect.evidence().get(0).labels().get("version")).isEqualTo("1.42");
  }

  @Test
  void aDeployOfSomethingThatDoesNotDeviateIsNoSuspect() {
    story.changed(
        new Change("c1", START - MINUTE, "deploy", service("shop", "cart"), "c", "", "", ""));
    story.tells(evidence("shop/payments", "cpu", 0, 5));
    story.tells(symptom("shop/checkout", 10, 2));
    assertThat(suspects()).extracting(each -> each.entity().subject()).doesNotContain("cart");
    assertThat(story.last().changes()).hasSize(1);
  }

  @Test
  void nothingIsNamedWhenNothingStandsOut() {
    story.tells(symptom("shop/checkout", 10, 1.0));
    assertThat(suspects()).isEmpty();
  }

  @Test
  void sharesAddUpToLessThanOne() {
    for (int i = 0; i < 4; i++) {
      story.tells(evidence("shop/s" + i, "cpu", 0, 3 + i));
    }
    story.tells(symptom("shop/checkout", 10, 2));
    assertThat(suspects().stream().mapToDouble(Suspect::confidence).sum()).isBetween(0.5, 1.0);
    assertThat(suspects())
        .extracting(Suspect::confidence)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void aWorkloadIsTheServiceThatItIsKnownToBe() {
    Entity both = new Entity("", "shop", "payments-v2", "payments", "", "");
    Entity workload = new Entity("", "shop", "payments-v2", "", "n1", "payments-v2-x7");
    story.tells(Story.of(evidence("shop/x", "cpu", 0, 4), workload, Direction.UP));
    story.tells(Story.of(symptom("shop/payments", 0, 3), both, Direction.UP));
    assertThat(suspects()).extracting(Suspect::entity).containsExactly(both);
    assertThat(suspects().get(0).evidence()).hasSize(2);
  }

  @Test
  void whatWasWatchedAndDidNothingIsRuledOutAndSoIsWhatFollowed() {
    story.watches(-60, service("shop", "cart"), service("shop", "payments"));
    story.watches(-60, service("billing", "invoices"));
    for (String metric : List.of("cpu", "memory", "queue", "gc")) {
      story.tells(evidence("shop/payments", metric, 0, 12));
    }
    story.tells(evidence("shop/mail", "cpu", 60, 1.1));
    story.tells(symptom("shop/checkout", 10, 1.2)).until(100);
    assertThat(story.last().suspects()).hasSize(1);
    List<Cleared> cleared = story.last().cleared();
    assertThat(cleared)
        .extracting(each -> each.entity().subject() + ": " + each.reason())
        .contains("cart: no deviation in the 10 min before or since")
        .anyMatch(text -> text.startsWith("checkout: began 10 s after payments"));
    assertThat(cleared).extracting(each -> each.entity().subject()).doesNotContain("invoices");
  }
}
