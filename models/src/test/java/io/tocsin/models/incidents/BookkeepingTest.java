// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static io.tocsin.models.incidents.Story.MINUTE;
import static io.tocsin.models.incidents.Story.SECOND;
import static io.tocsin.models.incidents.Story.START;
import static io.tocsin.models.incidents.Story.at;
import static io.tocsin.models.incidents.Story.evidence;
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
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.series.Absence;
import io.tocsin.models.telemetry.Entity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
  private final Story story = new Story();

  @Test
  void aSymptomOpensOneIncidentAndItsEndResolvesIt() {
    story.lasts(symptom("shop/checkout", 0, 2), 300).until(3_600);
    assertThat(story.transitions)
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.RESOLVED);
    Incident opened = story.transitions.get(0);
    assertThat(opened.onset()).isEqualTo(START - 20 * SECOND);
    assertThat(opened.opened()).isEqualTo(START);
    assertThat(opened.closed()).isZero();
    assertThat(opened.entity()).isEqualTo(service("shop", "checkout"));
    assertThat(opened.severity()).isEqualTo(Severity.WARNING);
    assertThat(opened.title()).isEqualTo("checkout: latency_seconds is 2 s, expected 500 ms");
    Incident resolved = story.last();
    assertThat(resolved.id()).isEqualTo(opened.id());
    assertThat(resolved.revision()).isEqualTo(opened.revision() + 1);
    assertThat(resolved.closed()).isEqualTo(START + 300 * SECOND);
    assertThat(resolved.time()).isEqualTo(resolved.closed() + 3 * MINUTE);
  }

  @Test
  void fiftyFindingsOfOneNamespaceAreOneIncident() {
    for (int i = 0; i < 50; i++) {
      story.lasts(symptom("shop/service-" + i, i % 7, 1.5), 240);
    }
    story.until(3_600);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.with(Transition.RESOLVED)).hasSize(1);
    assertThat(story.last().findings()).isEqualTo(50);
    assertThat(story.last().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anUnrelatedNamespaceOpensASecondIncident() {
    story.lasts(symptom("shop/checkout", 0, 2), 200);
    story.lasts(symptom("billing/invoices", 5, 2), 200).until(3_600);
    assertThat(story.with(Transition.OPENED))
        .extracting(incident -> incident.entity().namespace())
        .containsExactly("shop", "billing");
  }

  @Test
  void evidenceAloneOpensNothing() {
    for (String metric : List.of("cpu", "memory", "threads", "connections")) {
      story.lasts(evidence("shop/checkout", metric, 0, 9), 300);
    }
    story.until(3_600);
    assertThat(story.transitions).isEmpty();
  }

  @Test
  void strongEvidenceFromManyMetricsOfOneServiceOpensAnIncident() {
    for (String metric : List.of("cpu", "memory", "threads", "connections", "queue")) {
      story.lasts(evidence("shop/checkout", metric, 0, 9), 300);
    }
    story.until(3_600);
    assertThat(story.transitions)
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.RESOLVED);
    assertThat(story.last().symptoms()).isNotEmpty();
  }

  @Test
  void partsOfOneHistogramAreOneMetric() {
    for (String metric : List.of("w_seconds:p50", "w_seconds:p95", "w_seconds:p99", "w_seconds")) {
      story.lasts(evidence("shop/checkout", metric, 0, 9), 300);
    }
    story.lasts(evidence("shop/checkout", "w_seconds_count", 0, 9), 300).until(3_600);
    assertThat(story.transitions).isEmpty();
  }

  @Test
  void manyCountsOfTheSameLinesAreOneMetric() {
    LogEvidence log = new LogEvidence("", "", "warn", List.of(), "", null);
    for (int i = 0; i < 8; i++) {
      Finding count = evidence("shop/checkout", "log_" + i, 0, 9);
      story.lasts(FindingDraft.like(count).log(log).finding(), 300);
    }
    story.until(3_600);
    assertThat(story.transitions).isEmpty();
  }

  @Test
  void aWeakSymptomOpensNothingUntilItIsStrong() {
    Finding weak = symptom("shop/checkout", 0, 0.7);
    story.tells(weak).tells(at(weak, Phase.CONTINUES, 60, 0.8));
    story.tells(at(weak, Phase.CONTINUES, 120, 1.2)).until(200);
    assertThat(story.transitions).hasSize(1);
    assertThat(story.last().opened()).isEqualTo(START + 120 * SECOND);
    assertThat(story.last().onset()).isEqualTo(START - 20 * SECOND);
  }

  @Test
  void aSymptomOfOneSampleOpensNothingUnlessItIsFarBeyond() {
    story.lasts(sudden("blip", 0, 4.9), 10).until(100);
    assertThat(story.transitions).isEmpty();
    story.lasts(sudden("outage", 200, 5), 210).until(300);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.last().opened()).isEqualTo(START + 200 * SECOND);
  }

  @Test
  void aSymptomOpensWhenTheNextSampleShowsItToo() {
    Finding first = sudden("slow", 0, 2);
    story.tells(first).tells(at(first, Phase.CONTINUES, 10, 0.8)).until(100);
    assertThat(story.last().opened()).isEqualTo(START + 10 * SECOND);
    assertThat(story.last().onset()).isEqualTo(START);
  }

  @Test
  void whatIsMissedHasLasted() {
    Finding missed = FindingDraft.like(sudden("up", 0, 2)).detector(Absence.DETECTOR).finding();
    story.tells(missed).until(100);
    assertThat(story.last().opened()).isEqualTo(START);
  }

  private static Finding sudden(String id, long second, double score) {
    return FindingDraft.like(named(symptom("shop/checkout", second, score), id)).sudden().finding();
  }

  @Test
  void flappingDoesNotReopen() {
    for (int i = 0; i < 20; i++) {
      Finding flap = named(symptom("shop/checkout", i * 120L, 2), "flap-" + i);
      story.lasts(flap, i * 120L + 30);
    }
    story.until(7_200);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.with(Transition.RESOLVED)).hasSize(1);
    assertThat(story.last().closed()).isEqualTo(START + (19 * 120L + 30) * SECOND);
  }

  @Test
  void aNewProblemAfterTheEndIsANewIncident() {
    story.lasts(symptom("shop/checkout", 0, 2), 60);
    story.lasts(named(symptom("shop/checkout", 1_000, 2), "again"), 1_060).until(3_600);
    assertThat(story.with(Transition.OPENED)).extracting(Incident::id).doesNotHaveDuplicates();
    assertThat(story.with(Transition.OPENED)).hasSize(2);
  }

  @Test
  void weakFindingsAndEarlierEvidenceArePulledIn() {
    story.lasts(evidence("shop/payments", "cpu", -120, 5), 300);
    story.lasts(evidence("shop/cart", "cpu", -60, 0.6), 300);
    story.lasts(evidence("shop/old", "cpu", -1_200, 5), 300);
    story.lasts(symptom("shop/checkout", 0, 2), 300).until(10);
    assertThat(story.last().findings()).isEqualTo(3);
  }

  @Test
  void lateEvidenceJoinsAndIsTold() {
    story.lasts(symptom("shop/checkout", 0, 1.2), 600);
    story.lasts(evidence("shop/payments", "cpu", 20, 12), 600).until(100);
    assertThat(story.transitions)
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.UPDATED);
    assertThat(story.last().time()).isEqualTo(START + 30 * SECOND);
    assertThat(story.last().suspects().get(0).entity()).isEqualTo(service("shop", "payments"));
  }

  @Test
  void nothingIsToldWhenOnlyNumbersMove() {
    Finding symptom = symptom("shop/checkout", 0, 2);
    story.tells(symptom);
    for (int second = 10; second < 1_000; second += 10) {
      story.tells(at(symptom, Phase.CONTINUES, second, 2 + second / 2_000.0));
    }
    story.until(1_000);
    assertThat(story.transitions).hasSize(1);
  }

  @Test
  void updatesAreNoCloserThanTheirInterval() {
    for (int i = 0; i < 60; i++) {
      story.lasts(symptom("shop/service-" + i, i * 2L, 2), 600);
    }
    story.until(3_600);
    List<Incident> all = story.transitions;
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).time() - all.get(i - 1).time()).isGreaterThanOrEqualTo(30 * SECOND);
      assertThat(all.get(i).revision()).isEqualTo(all.get(i - 1).revision() + 1);
    }
    assertThat(all).hasSizeBetween(4, 7);
  }

  @Test
  void aSilentFindingCountsAsEnded() {
    story.starts(symptom("shop/checkout", 0, 2)).until(3_600);
    assertThat(story.last().transition()).isEqualTo(Transition.RESOLVED);
    assertThat(story.last().closed()).isEqualTo(START);
    assertThat(story.last().time()).isLessThanOrEqualTo(START + 6 * MINUTE);
  }

  @Test
  void theSameProblemAfterSilenceIsTheSameIncidentWithLaterRevisions() {
    Finding symptom = symptom("shop/checkout", 0, 2);
    story.starts(symptom).tells(at(symptom, Phase.CONTINUES, 600, 2)).until(700);
    assertThat(story.transitions)
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.RESOLVED, Transition.OPENED);
    assertThat(story.transitions).extracting(Incident::id).containsOnly(story.last().id());
    assertThat(story.transitions).extracting(Incident::revision).containsExactly(1, 2, 3);
  }

  @Test
  void whatComesAgainAfterItsIncidentWasClosedIsNoNews() {
    Story undisturbed = twoIncidents();
    Story repeated = twoIncidents();
    Finding symptom = symptom("shop/checkout", 0, 2);
    repeated.tellsAgain(symptom, 500);
    repeated.tellsAgain(at(symptom, Phase.CONTINUES, 120, 2), 500);
    repeated.tellsAgain(evidence("shop/payments", "cpu", 0, 3), 505);
    for (int second : List.of(510, 600, 700, 3_600)) {
      undisturbed.until(second);
      repeated.until(second);
      assertThat(repeated.transitions).as("at " + second).isEqualTo(undisturbed.transitions);
      assertThat(repeated.book.pages()).as("at " + second).isEqualTo(undisturbed.book.pages());
    }
    assertThat(undisturbed.with(Transition.RESOLVED)).hasSize(2);
  }

  @Test
  void whatComesAgainAfterItWasForgottenIsNoNews() {
    Finding cpu = evidence("shop/payments", "cpu", 0, 3);
    story.lasts(cpu, 60).watches(810, service("shop", "cart")).until(810);
    assertThat(story.book.pages().pool()).isEmpty();
    story.tellsAgain(cpu, 811).until(811);
    assertThat(story.book.time()).isEqualTo(START + 811 * SECOND);
    assertThat(story.book.pages().pool()).isEmpty();
  }

  /** The second opens when the first is over, within the window of the first's findings. */
  private static Story twoIncidents() {
    Story story = new Story().lasts(symptom("shop/checkout", 0, 2), 180);
    story.lasts(evidence("shop/payments", "cpu", 0, 3), 180);
    return story.lasts(symptom("shop/search", 450, 2), 700);
  }

  @Test
  void aTremorAfterTheEndNeitherPutsTheCloseOffNorReopens() {
    Finding symptom = symptom("shop/checkout", 0, 2);
    story.tells(symptom).tells(at(symptom, Phase.ENDED, 60, 0));
    for (int second = 100; second < 400; second += 40) {
      story.tells(at(symptom, Phase.CONTINUES, second, 0.6));
      story.tells(at(symptom, Phase.ENDED, second + 10, 0));
    }
    story.until(3_600);
    assertThat(story.transitions)
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.RESOLVED);
    assertThat(story.last().closed()).isEqualTo(START + 60 * SECOND);
    assertThat(story.last().time()).isEqualTo(START + 240 * SECOND);
  }

  @Test
  void aSymptomThatIsStrongAgainKeepsTheIncidentOpen() {
    Finding symptom = symptom("shop/checkout", 0, 2);
    story.tells(symptom).tells(at(symptom, Phase.ENDED, 60, 0));
    story.tells(at(symptom, Phase.CONTINUES, 100, 1.5));
    story.tells(at(symptom, Phase.ENDED, 200, 0)).until(3_600);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
    assertThat(story.last().closed()).isEqualTo(START + 200 * SECOND);
  }

  @Test
  void severityRisesAndNeverFalls() {
    Finding symptom = symptom("shop/checkout", 0, 1.2);
    story.tells(symptom).tells(at(symptom, Phase.CONTINUES, 60, 6));
    story.tells(at(symptom, Phase.CONTINUES, 120, 1.1));
    story.tells(at(symptom, Phase.ENDED, 180, 0)).until(1_000);
    assertThat(story.transitions)
        .extracting(Incident::severity)
        .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.CRITICAL);
    assertThat(story.book.told()).extracting(Told::openedAs).containsExactly(Severity.WARNING);
  }

  @Test
  void aNodeJoinsTheNamespaceWhoseServiceRunsOnIt() {
    Entity checkout = new Entity("", "shop", "", "checkout", "node-1", "checkout-1");
    Entity node = new Entity("", "", "", "", "node-1", "");
    Entity other = new Entity("", "", "", "", "node-2", "");
    story.tells(Story.of(symptom("shop/checkout", 0, 2), checkout, Direction.UP));
    story.tells(Story.of(evidence("/n1", "load", 10, 9), node, Direction.UP));
    story.tells(Story.of(evidence("/n2", "load", 10, 9), other, Direction.UP)).until(60);
    assertThat(story.last().findings()).isEqualTo(2);
    assertThat(story.last().suspects()).extracting(Suspect::entity).contains(node);
  }

  @Test
  void whereNothingHasANamespaceTheWholeClusterIsOneGroup() {
    story.lasts(symptom("/checkout", 0, 2), 300);
    story.lasts(symptom("/payments", 10, 2), 300).until(100);
    assertThat(story.with(Transition.OPENED)).hasSize(1);
  }

  @Test
  void theOrderOfRecordsOfOneTimeDoesNotMatter() {
    List<Incident> expected = flood().until(3_600).transitions;
    assertThat(expected).isNotEmpty();
    for (int seed = 0; seed < 20; seed++) {
      assertThat(flood().until(3_600, new Random(seed)).transitions).isEqualTo(expected);
    }
  }

  private static Story flood() {
    Story story = new Story();
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      String about = "ns-" + random.nextInt(3) + "/service-" + random.nextInt(9);
      double score = 0.5 + random.nextDouble() * 4;
      long second = random.nextInt(10);
      Finding finding =
          random.nextInt(4) == 0
              ? symptom(about, second, score)
              : evidence(about, "m" + i, second, score);
      story.lasts(named(finding, "f" + i), 100 + random.nextInt(100));
    }
    return story;
  }

  @Test
  void aRestoreInTheMiddleChangesNothing() {
    Story interrupted = flood();
    for (int second = 0; second < 3_600; second += 77) {
      interrupted.until(second).restored();
    }
    interrupted.until(3_600);
    assertThat(interrupted.transitions).isEqualTo(flood().until(3_600).transitions);
  }

  @Test
  void whatIsKeptStaysBoundedUnderAFlood() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      String about = "ns-" + random.nextInt(200) + "/service-" + random.nextInt(50);
      boolean symptom = random.nextInt(20) == 0;
      double score = 0.5 + random.nextDouble() * 3;
      Finding finding =
          symptom ? symptom(about, i / 170, score) : evidence(about, "m", i / 170, score);
      story.tells(named(finding, "f" + i));
      story.watches(i / 170, service("ns", "watched-" + random.nextInt(100_000)));
    }
    story.until(61);
    IncidentSettings.Limits limits = story.settings.limits();
    BookPages pages = story.book.pages();
    assertThat(pages.pool()).hasSizeLessThanOrEqualTo(limits.pooled());
    assertThat(pages.past()).isNotEmpty().hasSizeLessThanOrEqualTo(4 * limits.pooled());
    assertThat(pages.open()).hasSizeLessThanOrEqualTo(limits.open());
    assertThat(pages.open())
        .allSatisfy(file -> assertThat(file.members()).hasSizeLessThanOrEqualTo(limits.members()));
    assertThat(pages.watched()).hasSizeLessThanOrEqualTo(limits.watched());
    assertThat(exceeded()).containsOnlyKeys(Limit.OPEN, Limit.POOLED);
    assertThat(exceeded()).isEmpty();
  }

  private Map<Limit, Long> exceeded() {
    Map<Limit, Long> exceeded = new EnumMap<>(Limit.class);
    story.book.exceeded().drainTo(exceeded::put);
    return exceeded;
  }

  @Test
  void aLargeIncidentKeepsItsStrongestFindings() {
    for (int i = 0; i < 2_000; i++) {
      story.tells(named(evidence("shop/service", "m", 0, 0.5 + i / 1_000.0), "f" + i));
    }
    story.tells(symptom("shop/checkout", 0, 1.1)).until(1);
    IncidentFile file = story.book.pages().open().get(0);
    assertThat(file.members()).hasSize(500);
    assertThat(file.members()).anyMatch(Deviation::symptom);
    assertThat(file.members()).filteredOn(each -> each.peak() > 2.1).hasSize(399);
    assertThat(exceeded()).containsExactly(Map.entry(Limit.MEMBERS, 1_501L));
  }

  @Test
  void everythingIsForgottenInTheEnd() {
    story.watches(0, service("shop", "checkout"));
    story.lasts(symptom("shop/checkout", 0, 2), 60).until(8 * 3_600);
    assertThat(story.book.isEmpty()).isTrue();
    assertThat(story.bookkeeping.nextDeadline(story.book)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aChangeThatBecomesKnownLaterIsTold() {
    story.lasts(symptom("shop/checkout", 0, 2), 600).until(60);
    Change change =
        new Change(
            "c1", START - MINUTE, "deploy", service("shop", "checkout"), "2.0", "2.0", "", "");
    story.changed(change).until(200);
    assertThat(story.last().transition()).isEqualTo(Transition.UPDATED);
    assertThat(story.last().changes()).containsExactly(change);
  }

  @Test
  void aRolloutThatAPipelineHasToldCountsOnce() {
    story.lasts(symptom("shop/checkout", 0, 2), 600);
    Entity checkout = service("shop", "checkout");
    story.changed(
        new Change("told", START - MINUTE, "deploy", checkout, "checkout 2.0", "2.0", "ci", ""));
    story.changed(
        new Change(
            "derived",
            START - MINUTE / 2,
            Change.ROLLOUT,
            checkout,
            "Rollout of checkout",
            "",
            Change.KUBERNETES,
            ""));
    story.until(60);
    assertThat(story.last().changes()).extracting(Change::id).containsExactly("told");
  }

  @Test
  void aChangeOfTheFutureWaitsUntilItIsNow() {
    story.lasts(symptom("shop/checkout", 0, 2), 900);
    Entity checkout = service("shop", "checkout");
    story.changed(
        new Change("later", START + 5 * MINUTE, "deploy", checkout, "2.0", "2.0", "", ""));
    story.until(60);
    assertThat(story.last().changes()).isEmpty();
  }
}
