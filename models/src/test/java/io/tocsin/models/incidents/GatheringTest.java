// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.MINUTE;
import static io.tocsin.models.incidents.Story.SECOND;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.evidence;
import static io.tocsin.models.incidents.Story.service;
import static io.tocsin.models.incidents.Story.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingDraft;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Member.Reason;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final Story story =
      new Story()
          .calls("frontend", "catalog", "checkout", "ads")
          .calls("checkout", "payments", "inventory")
          .calls("catalog", "inventory");

  @Test
  void aProblemAndThoseWhoSufferFromItAreOneIncident() {
    story.lasts(symptom("shop/frontend", 0, 2), 300);
    story.lasts(symptom("shop/checkout", 5, 2), 300);
    story.lasts(symptom("shop/payments", 10, 4), 300).until(3_600);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.with(Transition.RESOLVED)).hasSize(1);
    assertThat(story.last().findings()).isEqualTo(3);
  }

  @Test
  void problemsThatBeginAtOnceWithNoWayBetweenThemAreTwoIncidents() {
    story.lasts(symptom("shop/ads", 0, 3), 300);
    story.lasts(symptom("shop/payments", 0, 3), 300).until(3_600);
    assertThat(story.with(Transition.OPENED))
        .extracting(incident -> incident.entity().service())
        .containsExactlyInAnyOrder("ads", "payments");
    assertThat(story.with(Transition.RESOLVED)).hasSize(2);
  }

  @Test
  void aServiceWithoutKnownCallsBelongsToItsNamespace() {
    story.lasts(symptom("shop/ads", 0, 3), 300);
    story.lasts(symptom("shop/batch", 0, 3), 300).until(100);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(reasons()).contains(Reason.NAMESPACE);
  }

  @Test
  void whoIsKnownByCallsAloneBelongsToWhatItsCallersSufferFrom() {
    story.calls("frontend", "balancer");
    story.lasts(symptom("shop/catalog", 0, 3), 600);
    story.lasts(calls("frontend", "balancer", 5), 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(reasons()).containsExactly(Reason.ORIGIN, Reason.ROOT);
  }

  @Test
  void whatStandsBehindWhoIsKnownByCallsAloneMayBeWhateverItsCallersDependOn() {
    story.calls("frontend", "balancer");
    story.lasts(calls("frontend", "balancer", 0), 600);
    story.lasts(symptom("shop/catalog", 5, 3), 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.last().findings()).isEqualTo(2);
  }

  @Test
  void whoIsWatchedItselfIsNoPartOfWhatItsCallersSufferFrom() {
    story.calls("frontend", "mailer").watches(-10, service("shop", "mailer"));
    story.lasts(calls("frontend", "mailer", 0), 600);
    story.lasts(symptom("shop/catalog", 5, 3), 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(2);
  }

  @Test
  void whoIsWatchedSinceIsNoPartOfItAnyMore() {
    story.calls("frontend", "mailer").watches(30, service("shop", "mailer"));
    story.lasts(calls("frontend", "mailer", 0), 600);
    story.lasts(symptom("shop/catalog", 60, 3), 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(2);
  }

  @Test
  void aFindingAboutAnEntityAsAWholeMayBeOfCallsAlone() {
    story.calls("frontend", "balancer");
    Finding calls = calls("frontend", "balancer", 5);
    Contribution slow = new Contribution(calls.labels(), Role.SYMPTOM, 3, 1);
    Finding whole =
        FindingDraft.like(calls)
            .labels(Labels.of(Labels.NAME, Finding.ABOUT_ENTITY + "distance"))
            .contributions(List.of(slow))
            .finding();
    story.lasts(symptom("shop/catalog", 0, 3), 600);
    story.lasts(whole, 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
  }

  @Test
  void whoSuffersFromCallsToOthersIsNoPartOfTheProblemOfAnotherCallee() {
    story.lasts(symptom("shop/ads", 0, 3), 600);
    story.lasts(calls("frontend", "catalog", 5), 600);
    story.lasts(symptom("shop/frontend", 10, 3), 600).until(300);
    assertThat(story.with(Transition.OPENED))
        .extracting(incident -> incident.entity().service())
        .containsExactlyInAnyOrder("ads", "catalog");
    assertThat(story.last().grouping().members())
        .extracting(member -> member.entity().service())
        .contains("frontend");
  }

  @Test
  void whoSuffersFromCallsThatLeadToTheProblemIsPartOfIt() {
    story.lasts(symptom("shop/inventory", 0, 3), 600);
    story.lasts(calls("frontend", "catalog", 5), 600);
    story.lasts(calls("frontend", "ads", 5), 600);
    story.lasts(symptom("shop/frontend", 10, 3), 600).until(100);
    assertThat(story.with(Transition.OPENED).get(0).entity().service()).isEqualTo("inventory");
    assertThat(story.book.pages().open().get(0).members()).hasSizeGreaterThan(2);
  }

  /** How calls of one service to another go. */
  private static Finding calls(String caller, String callee, long second) {
    Labels labels =
        Labels.of(
            Labels.NAME,
            "traces_service_graph_request_server_seconds:p95",
            "client",
            caller,
            "server",
            callee);
    return FindingDraft.like(symptom("shop/" + callee, second, 3)).labels(labels).finding();
  }

  @Test
  void twoRootsBelowOneCallerAreSplitWhenBothHaveStood() {
    story.lasts(symptom("shop/frontend", 0, 2), 600);
    story.lasts(symptom("shop/ads", 5, 3), 600);
    story.lasts(evidence("shop/ads", "cpu", 5, 3), 600);
    story.lasts(symptom("shop/payments", 5, 3), 600);
    story.lasts(symptom("shop/checkout", 5, 3), 600);
    story.until(60);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    story.until(120);
    assertThat(story.with(Transition.OPENED)).hasSize(2);
    Incident whole = story.with(Transition.OPENED).get(0);
    Incident part = story.with(Transition.OPENED).get(1);
    assertThat(part.grouping().parent()).isEqualTo(whole.id());
    assertThat(part.grouping().members())
        .extracting(member -> member.entity().service())
        .containsExactlyInAnyOrder("payments", "checkout");
    assertThat(story.last().grouping().news())
        .contains(new News(News.Kind.SPLIT, service("shop", "payments"), part.id()));
    assertThat(story.last().grouping().members())
        .extracting(member -> member.entity().service())
        .containsExactlyInAnyOrder("frontend", "ads");
    story.until(3_600);
    assertThat(story.with(Transition.OPENED)).hasSize(2);
    assertThat(story.with(Transition.RESOLVED)).hasSize(2);
  }

  @Test
  void callersOfOneThatDeviatesWeaklyAreNotSplit() {
    story.lasts(symptom("shop/inventory", 0, 0.7), 600);
    story.lasts(symptom("shop/catalog", 5, 3), 600);
    story.lasts(symptom("shop/checkout", 5, 3), 600).until(3_600);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
  }

  @Test
  void whoeverHasLessToDoBelongsToWhoeverSuffers() {
    story.calls("checkout", "email");
    story.lasts(symptom("shop/checkout", 0, 3), 300);
    story.lasts(symptom("shop/payments", 0, 4), 300);
    Finding idle = evidence("shop/email", "requests", 20, 3);
    story.tells(Story.of(idle, service("shop", "email"), Direction.DOWN)).until(60);
    assertThat(story.book.pages().open().get(0).members()).hasSize(3);
    assertThat(story.book.pages().pool()).isEmpty();
  }

  @Test
  void eachMemberHasItsReason() {
    story.lasts(symptom("shop/checkout", 0, 3), 600);
    story.lasts(symptom("shop/payments", 1, 4), 600);
    story.lasts(symptom("shop/frontend", 2, 2), 600);
    story.lasts(evidence("shop/nothing-known", "cpu", 4, 0.8), 600);
    Entity machine = new Entity("", "", "", "", "node-1", "");
    Entity pod = new Entity("", "shop", "payments", "payments", "node-1", "payments-0");
    story.lasts(Story.of(symptom("shop/payments-latency", 1, 4), pod, Direction.UP), 600);
    story.lasts(Story.of(evidence("/n", "load", 5, 2), machine, Direction.UP), 600).until(120);
    assertThat(story.last().grouping().members())
        .extracting(member -> member.entity().subject() + " " + member.reason())
        .containsExactly(
            "checkout ORIGIN",
            "payments ROOT",
            "frontend CALLER",
            "node-1 NODE",
            "nothing-known NAMESPACE");
    assertThat(story.last().grouping().members().get(2).path())
        .extracting(edge -> edge.text())
        .containsExactly("frontend calls checkout", "checkout calls payments");
  }

  @Test
  void ringsOfCallsHaveTheirFirstAsTheRoot() {
    Story ring = new Story().calls("a", "b", "a").calls("b", "c").calls("c", "a");
    ring.lasts(symptom("shop/b", 0, 3), 600);
    ring.lasts(symptom("shop/c", 5, 3), 600);
    ring.lasts(symptom("shop/a", 10, 3), 600).until(3_600);
    assertThat(ring.with(Transition.OPENED)).hasSize(1);
    assertThat(ring.with(Transition.OPENED).get(0).entity().service()).isEqualTo("b");
  }

  @Test
  void theOrderOfRecordsAndARestoreChangeNothing() {
    List<Incident> expected = many().until(3_600).transitions;
    assertThat(expected).extracting(Incident::id).contains(expected.get(0).id());
    assertThat(expected).hasSizeGreaterThan(4);
    for (int seed = 0; seed < 5; seed++) {
      assertThat(many().until(3_600, new Random(seed)).transitions).isEqualTo(expected);
    }
    Story interrupted = many();
    for (int second = 0; second < 3_600; second += 37) {
      interrupted.until(second).restored();
    }
    assertThat(interrupted.until(3_600).transitions).isEqualTo(expected);
  }

  private static Story many() {
    Story story = new Story();
    Random random = new Random(11);
    for (int i = 0; i < 30; i++) {
      story.calls("s" + random.nextInt(15), "s" + random.nextInt(15));
    }
    for (int i = 0; i < 40; i++) {
      String about = "shop/s" + random.nextInt(18);
      int second = random.nextInt(90);
      Finding finding =
          random.nextBoolean()
              ? symptom(about, second, 0.5 + 3 * random.nextDouble())
              : evidence(about, "m" + i, second, 0.5 + 3 * random.nextDouble());
      story.lasts(Story.named(finding, "f" + i), second + 60 + random.nextInt(300));
    }
    return story;
  }

  @Test
  void tenThousandFindingsInAMinuteAreAHandfulOfIncidentsAndBounded() {
    Story flood = new Story();
    for (int i = 0; i < 300; i++) {
      flood.calls("s" + i, "s" + (i / 2), "s" + (i / 3));
    }
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      String about = "shop/s" + random.nextInt(300);
      double score = 0.5 + 4 * random.nextDouble();
      int second = i * 60 / 10_000;
      Finding finding =
          i % 10 == 0 ? symptom(about, second, score) : evidence(about, "m", second, score);
      flood.tells(Story.named(finding, "f" + i));
    }
    flood.until(300);
    assertThat(flood.with(Transition.OPENED)).hasSizeBetween(1, 5);
    BookPages pages = flood.book.pages();
    assertThat(pages.open())
        .allSatisfy(
            file ->
                assertThat(file.members())
                    .hasSizeLessThanOrEqualTo(flood.settings.limits().members()));
    assertThat(pages.pool()).hasSizeLessThanOrEqualTo(flood.settings.limits().pooled());
    assertThat(flood.last().grouping().members()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void incidentsOfADayAreCountedAgainstTheBudget() {
    for (int i = 0; i < 22; i++) {
      story.lasts(Story.named(symptom("ns-" + i + "/a", i * 10L, 2), "f" + i), 600);
    }
    story.until(3_600);
    assertThat(story.with(Transition.OPENED))
        .extracting(incident -> incident.grouping().ofDay())
        .startsWith(1, 2, 3)
        .endsWith(21, 22);
    assertThat(story.with(Transition.OPENED).get(19).grouping().overBudget()).isFalse();
    assertThat(story.with(Transition.OPENED).get(20).grouping().overBudget()).isTrue();
  }

  @Test
  void noiseRaisesTheBarAndTheCardSaysSo() {
    story.said(said(Feedback.Kind.NOISE, "ads", START - MINUTE));
    story.said(said(Feedback.Kind.NOISE, "ads", START - 2 * MINUTE));
    Finding weaker = symptom("shop/ads", 0, 1.8);
    story.tells(weaker).until(30);
    assertThat(story.transitions).isEmpty();
    story.tells(Story.at(weaker, io.tocsin.models.findings.Phase.CONTINUES, 60, 2.5)).until(70);
    assertThat(story.transitions).hasSize(1);
    assertThat(story.last().grouping().bar()).isBetween(1.99, 2.0);
    assertThat(new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH).full(story.last(), 0))
        .contains("opens at 2.0 times the boundary, since it was called noise");
  }

  @Test
  void whatOpensAnIncidentIsWhatNoiseIsToldOf() {
    story.tells(symptom("shop/checkout", 0, 1.2)).until(20);
    story.tells(Story.finding("shop/payments", "errors", Role.SYMPTOM, 40, 5)).until(120);
    Grouping grouping = story.last().grouping();
    assertThat(story.last().symptoms().get(0).family()).isEqualTo("errors");
    assertThat(grouping.openedBy()).isEqualTo("latency_seconds");
    assertThat(grouping.strongest().service()).isEqualTo("payments");
    assertThat(grouping.affected()).isEqualTo(2);
    Feedback noise =
        new Feedback(
            story.last().id(),
            Feedback.Kind.NOISE,
            story.last().entity(),
            grouping.openedBy(),
            START - MINUTE,
            "",
            "");
    Story again = new Story().said(noise).tells(symptom("shop/checkout", 0, 1.2)).until(20);
    assertThat(again.transitions).isEmpty();
  }

  @Test
  void whoMutesAnIncidentTakesNothingBackOfWhatWasSaidOfIt() {
    Feedback noise = said(Feedback.Kind.NOISE, "ads", START);
    Feedback muted = said(Feedback.Kind.MUTED, "ads", START);
    Feedback confirmed = said(Feedback.Kind.CONFIRMED, "ads", START);
    Feedback wrong = said(Feedback.Kind.WRONG, "ads", START);
    assertThat(List.of(noise.key(), muted.key(), confirmed.key())).doesNotHaveDuplicates();
    assertThat(wrong.key()).isEqualTo(confirmed.key());
  }

  @Test
  void aSymptomCalledNoiseOpensNoIncidentBySplittingAnotherEither() {
    story.said(said(Feedback.Kind.NOISE, "payments", START - MINUTE));
    story.lasts(symptom("shop/frontend", 0, 2), 600);
    story.lasts(symptom("shop/ads", 5, 3), 600);
    story.lasts(symptom("shop/payments", 5, 1.2), 600).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
  }

  @Test
  void noiseOfOneSymptomSaysNothingOfOthersAndFades() {
    story.said(said(Feedback.Kind.NOISE, "payments", START - MINUTE));
    story.said(said(Feedback.Kind.NOISE, "ads", START - 365L * 24 * 60 * MINUTE));
    story.tells(symptom("shop/ads", 0, 1.1)).until(30);
    assertThat(story.transitions).hasSize(1);
  }

  @Test
  void whoWasDismissedIsLessProbableThenAndWhoWasConfirmedMore() {
    double usual = payments(new Story()).confidence();
    double confirmed =
        payments(new Story().said(said(Feedback.Kind.CONFIRMED, "payments", START))).confidence();
    double wrong =
        payments(new Story().said(said(Feedback.Kind.WRONG, "payments", START))).confidence();
    double longAgo =
        payments(
                new Story()
                    .said(said(Feedback.Kind.WRONG, "payments", START - 999L * 24 * 60 * MINUTE)))
            .confidence();
    Suspect judged =
        payments(
            new Story()
                .said(said(Feedback.Kind.CONFIRMED, "payments", START))
                .said(said(Feedback.Kind.CONFIRMED, "payments", START - MINUTE))
                .said(said(Feedback.Kind.WRONG, "payments", START - 2 * MINUTE)));
    assertThat(judged.verdicts()).isEqualTo(new Verdicts(2, 1));
    assertThat(confirmed).isGreaterThan(usual);
    assertThat(wrong).isLessThan(usual);
    assertThat(longAgo).isCloseTo(usual, org.assertj.core.api.Assertions.within(0.001));
  }

  private static Suspect payments(Story story) {
    story.tells(symptom("shop/checkout", 0, 2));
    story.tells(evidence("shop/payments", "cpu", 0, 2));
    story.tells(evidence("shop/cart", "cpu", 0, 2)).until(SECOND);
    return story.last().suspects().stream()
        .filter(each -> each.entity().service().equals("payments"))
        .findFirst()
        .orElseThrow();
  }

  private static Feedback said(Feedback.Kind kind, String service, long time) {
    return new Feedback(
        "i" + time, kind, service("shop", service), "latency_seconds", time, "", "");
  }

  private List<Reason> reasons() {
    return story.last().grouping().members().stream().map(Member::reason).toList();
  }
}
