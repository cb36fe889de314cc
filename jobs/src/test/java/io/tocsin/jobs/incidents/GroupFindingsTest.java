// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static io.tocsin.jobs.incidents.Findings.SECOND;
import static io.tocsin.jobs.incidents.Findings.START;
import static io.tocsin.jobs.incidents.Findings.change;
import static io.tocsin.jobs.incidents.Findings.ended;
import static io.tocsin.jobs.incidents.Findings.progress;
import static io.tocsin.jobs.incidents.Findings.service;
import static io.tocsin.jobs.incidents.Findings.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.serialization.Circumstance;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Alert;
import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.KubeObject;
import io.tocsin.models.topology.ObjectLink;
import io.tocsin.models.topology.OwnerSettings;
import io.tocsin.models.topology.SeenEdge;
import io.tocsin.models.topology.TopologyRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupFindingsTest {
  private static final long MINUTE = 60 * SECOND;

  private KeyedBroadcastOperatorTestHarness<String, FindingsRecord, Circumstance, Incident> harness;
  private final List<Incident> incidents = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    harness = harness(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedBroadcastOperatorTestHarness<String, FindingsRecord, Circumstance, Incident>
      harness(OperatorSubtaskState state) throws Exception {
    GroupFindings function = new GroupFindings(IncidentsSettings.DEFAULTS);
    KeyedBroadcastOperatorTestHarness<String, FindingsRecord, Circumstance, Incident> harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                function, List.of(RecentChanges.STATE, KnownTopology.STATE, KnownFeedback.STATE)),
            PerCluster::cluster,
            Types.STRING,
            128,
            1,
            0);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processBroadcastWatermark(Long.MAX_VALUE);
    return harness;
  }

  private void restart() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    incidents.addAll(harness.extractOutputValues());
    long now = harness.getProcessingTime();
    harness.close();
    harness = harness(state);
    harness.setProcessingTime(now);
  }

  private void play(FindingsRecord record) throws Exception {
    List<FindingsRecord> parts = new ArrayList<>();
    new PerCluster().flatMap(record, new ListCollector<>(parts));
    for (FindingsRecord part : parts) {
      harness.processElement(part, part.time());
    }
    if (record.progress() != null) {
      harness.processWatermark(record.time());
    }
  }

  private void play(Finding finding) throws Exception {
    play(FindingsRecord.of(finding));
  }

  private List<Incident> incidents() {
    List<Incident> all = new ArrayList<>(incidents);
    all.addAll(harness.extractOutputValues());
    return all;
  }

  private List<Alert> side(OutputTag<Alert> tag) {
    Queue<StreamRecord<Alert>> records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void nothingHappensBeforeProgressSaysSo() throws Exception {
    play(symptom(0));
    assertThat(incidents()).isEmpty();
    play(progress(0));
    assertThat(incidents()).extracting(Incident::transition).containsExactly(Transition.OPENED);
  }

  @Test
  void anIncidentIsOpenedAndResolvedWithItsAlerts() throws Exception {
    play(symptom(0));
    play(ended(symptom(0), 100));
    play(progress(1_000));
    assertThat(incidents())
        .extracting(Incident::transition)
        .containsExactly(Transition.OPENED, Transition.RESOLVED);
    List<Alert> alerts = side(GroupFindings.ALERTS);
    assertThat(alerts).extracting(Alert::endsAt).containsExactly(0L, START + 100 * SECOND);
    assertThat(alerts.get(0).labels()).isEqualTo(alerts.get(1).labels());
  }

  @Test
  void neitherTheStepsOfProgressNorARestartChangeWhatComesOut() throws Exception {
    List<Incident> expected = played(1, Integer.MAX_VALUE);
    assertThat(expected.size()).isGreaterThan(6);
    assertThat(played(30, Integer.MAX_VALUE)).isEqualTo(expected);
    assertThat(played(1_800, Integer.MAX_VALUE)).isEqualTo(expected);
    assertThat(played(7, 150)).isEqualTo(expected);
  }

  @Test
  void whatComesAgainAfterARestartOfItsJobChangesNothing() throws Exception {
    List<FindingsRecord> story = Findings.story(5, 1);
    List<Incident> expected = played(story, Integer.MAX_VALUE);
    for (int end = 1_000; end < story.size(); end += 217) {
      List<FindingsRecord> again = new ArrayList<>(story.subList(0, end));
      again.addAll(story.subList(end - 1_000, story.size()));
      assertThat(played(again, Integer.MAX_VALUE)).as("from " + end).isEqualTo(expected);
      assertThat(played(again, end)).as("from " + end + ", both jobs").isEqualTo(expected);
    }
  }

  private List<Incident> played(long stepSeconds, int restartEvery) throws Exception {
    return played(Findings.story(5, stepSeconds), restartEvery);
  }

  private List<Incident> played(List<FindingsRecord> story, int restartEvery) throws Exception {
    harness.close();
    harness = harness(null);
    incidents.clear();
    int played = 0;
    for (FindingsRecord record : story) {
      play(record);
      if (++played % restartEvery == 0) {
        restart();
      }
    }
    return incidents().stream()
        .sorted(
            Comparator.comparing((Incident incident) -> incident.entity().cluster())
                .thenComparingLong(Incident::time))
        .toList();
  }

  @Test
  void aLateFindingIsTakenInAtTheNextProgress() throws Exception {
    play(progress(100));
    play(symptom(50));
    play(progress(101));
    assertThat(incidents()).hasSize(1);
    assertThat(incidents().get(0).onset()).isEqualTo(START + 30 * SECOND);
  }

  @Test
  void clustersAreApart() throws Exception {
    play(Findings.finding("a", service("one", "checkout"), Role.SYMPTOM, 0, 2));
    play(Findings.finding("b", service("two", "checkout"), Role.SYMPTOM, 0, 2));
    play(progress(10));
    assertThat(incidents())
        .extracting(incident -> incident.entity().cluster())
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void whatFiresIsRepeatedUntilItHasBeenOverForAWhile() throws Exception {
    play(symptom(0));
    harness.setProcessingTime(5);
    play(progress(0));
    for (int minute = 1; minute <= 3; minute++) {
      harness.setProcessingTime(minute * MINUTE);
      assertThat(side(GroupFindings.REPETITIONS)).hasSize(minute);
    }
    play(ended(symptom(0), 60));
    play(progress(300));
    harness.setProcessingTime(4 * MINUTE);
    List<Alert> repeated = side(GroupFindings.REPETITIONS);
    assertThat(repeated.get(repeated.size() - 1).firing()).isFalse();
    play(progress(7_200));
    harness.setProcessingTime(5 * MINUTE);
    harness.setProcessingTime(60 * MINUTE);
    assertThat(side(GroupFindings.REPETITIONS)).hasSize(repeated.size());
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void afterARestartWhatFiresIsRepeatedAtOnce() throws Exception {
    play(symptom(0));
    harness.setProcessingTime(5);
    play(progress(0));
    restart();
    play(symptom(10));
    harness.setProcessingTime(harness.getProcessingTime() + 1);
    assertThat(side(GroupFindings.REPETITIONS)).hasSize(1);
  }

  @Test
  void changesExplainWhetherTheyComeBeforeOrAfter() throws Exception {
    harness.processBroadcastElement(Circumstance.of(change(-60)), START);
    play(symptom(0));
    play(progress(0));
    assertThat(incidents().get(0).changes()).containsExactly(change(-60));
    restart();
    play(ended(symptom(0), 60));
    play(progress(1_000));
    assertThat(incidents().get(1).changes()).containsExactly(change(-60));
  }

  @Test
  void onlySoManyChangesAreKept() throws Exception {
    play(progress(0));
    for (int i = 0; i < RecentChanges.MOST + 50; i++) {
      Change change = change(0);
      Change one = new Change("c" + i, START - i, "deploy", change.entity(), "", "", "", "");
      harness.processBroadcastElement(Circumstance.of(one), START);
    }
    harness.processBroadcastElement(Circumstance.of(change(1_000_000)), START);
    Iterable<?> kept = harness.getBroadcastState(RecentChanges.STATE).immutableEntries();
    assertThat(kept).hasSize(RecentChanges.MOST);
  }

  @Test
  void nothingIsKeptInTheEnd() throws Exception {
    play(progress(0, service("", "checkout")));
    play(symptom(0));
    play(ended(symptom(0), 60));
    play(progress(30_000));
    assertThat(harness.numEventTimeTimers()).isZero();
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    HeapKeyedStateBackend<?> state = (HeapKeyedStateBackend<?>) operator.getKeyedStateBackend();
    assertThat(state.numKeyValueStateEntries()).isZero();
  }

  @Test
  void callsTellProblemsApartAlsoAfterARestart() throws Exception {
    play(progress(0));
    harness.processBroadcastElement(Circumstance.of(seen("ads", "images", 0)), START);
    harness.processBroadcastElement(Circumstance.of(seen("payments", "bank", 0)), START);
    harness.processBroadcastElement(Circumstance.of(seen("ads", "ads", 0)), START);
    restart();
    play(Findings.finding("a", service("", "ads"), Role.SYMPTOM, 10, 2));
    play(Findings.finding("b", service("", "payments"), Role.SYMPTOM, 10, 2));
    play(progress(20));
    assertThat(incidents()).hasSize(2);
  }

  @Test
  void aPodIsOfItsOwnerAndOnItsNodeAlsoAfterARestartUntilThatIsToldOfNoMore() throws Exception {
    play(progress(0));
    KubeObject pod = KubeObject.pod("", "shop", "pg-1");
    learn(new ObjectLink(pod, "Cluster", "orders", START));
    learn(new ObjectLink(pod, KubeObject.NODE, "node-1", START));
    harness.processBroadcastElement(Circumstance.of(seen("pg", "bank", 0)), START);
    restart();
    Entity suggested = new Entity("", "shop", "pg", "", "", "pg-1");
    play(Findings.finding("a", suggested, Role.SYMPTOM, 10, 2));
    play(Findings.finding("b", service("", "bank"), Role.EVIDENCE, 10, 3));
    play(progress(20));
    Incident opened = incidents().get(0);
    assertThat(opened.entity().workload()).isEqualTo("orders");
    assertThat(opened.grouping().members())
        .extracting(member -> member.entity().subject() + " " + member.reason())
        .containsExactlyInAnyOrder("orders ORIGIN", "bank CALLEE");
    long later = 7 * 3_600;
    play(progress(later));
    play(Findings.finding("c", suggested, Role.SYMPTOM, later, 2));
    play(progress(later + 10));
    List<Incident> all = incidents();
    assertThat(all.get(all.size() - 1).entity().workload()).isEqualTo("pg");
    learn(new ObjectLink(pod, KubeObject.NODE, "node-2", START + later * SECOND));
    assertThat(harness.getBroadcastState(KnownTopology.STATE).immutableEntries())
        .extracting(Map.Entry::getKey)
        .doesNotContain("/shop/Pod/pg-1/owner")
        .contains("/shop/Pod/pg-1/node");
  }

  private void learn(ObjectLink link) throws Exception {
    harness.processBroadcastElement(Circumstance.of(TopologyRecord.of(link)), START);
  }

  @Test
  void aFloodOfPodsIsBoundedInStateAsWell() throws Exception {
    play(progress(0));
    int most = OwnerSettings.DEFAULTS.linksPerCluster();
    for (int i = 0; i < most + 1_000; i++) {
      learn(new ObjectLink(KubeObject.pod("", "shop", "pod-" + i), "Job", "flood", START + i));
    }
    assertThat(harness.getBroadcastState(KnownTopology.STATE).immutableEntries()).hasSize(most);
  }

  @Test
  void whoseCallsAreToldOfNoMoreBelongsToItsNamespace() throws Exception {
    play(progress(0));
    harness.processBroadcastElement(Circumstance.of(seen("ads", "images", 0)), START);
    harness.processBroadcastElement(Circumstance.of(seen("payments", "bank", 0)), START);
    long later = 30 * 3_600;
    play(progress(later));
    play(Findings.finding("a", service("", "ads"), Role.SYMPTOM, later, 2));
    play(Findings.finding("b", service("", "payments"), Role.SYMPTOM, later, 2));
    play(progress(later + 10));
    assertThat(incidents()).hasSize(1);
  }

  @Test
  void aFloodOfCallsIsBoundedInStateAsWell() throws Exception {
    play(progress(0));
    for (int i = 0; i < 2_000; i++) {
      harness.processBroadcastElement(Circumstance.of(seen("flood", "peer-" + i, i)), START);
    }
    assertThat(harness.getBroadcastState(KnownTopology.STATE).immutableEntries()).hasSize(500);
  }

  @Test
  void tenThousandFindingsOfOneMinuteAreOneIncidentInBoundedState() throws Exception {
    play(progress(0));
    for (int i = 0; i < 10_000; i++) {
      Role role = i % 5 == 0 ? Role.SYMPTOM : Role.EVIDENCE;
      Entity entity = service("", "service-" + i % 200);
      play(Findings.finding("f" + i, entity, role, i * 60 / 10_000, 2 + i % 7));
    }
    play(progress(60));
    play(progress(120));
    assertThat(incidents()).extracting(Incident::id).containsOnly(incidents().get(0).id());
    assertThat(harness.snapshot(1, 1).getStateSize()).isLessThan(8_000_000);
  }

  @Test
  void noiseRaisesTheBarAlsoAfterARestart() throws Exception {
    play(progress(0));
    Finding finding = Findings.finding("a", service("", "ads"), Role.SYMPTOM, 10, 1.2);
    harness.processBroadcastElement(
        Circumstance.of(
            new Feedback(
                "i",
                Feedback.Kind.NOISE,
                finding.entity(),
                finding.labels().metric(),
                START,
                "",
                "")),
        START);
    restart();
    play(finding);
    play(progress(20));
    assertThat(incidents()).isEmpty();
  }

  @Test
  void changesOfTheMeantimeAreKeptWhileEventTimeLags() throws Exception {
    play(progress(0));
    Change meanwhile = change(5 * 3_600);
    harness.processBroadcastElement(Circumstance.of(meanwhile), meanwhile.time() + SECOND);
    play(symptom(5 * 3_600 + 60));
    play(progress(5 * 3_600 + 60));
    assertThat(incidents().get(0).changes()).containsExactly(meanwhile);
  }

  @Test
  void changesFarAheadDisplaceNoneAlsoBeforeEventTimeIsKnown() throws Exception {
    harness.processBroadcastElement(Circumstance.of(change(0)), START);
    for (int i = 0; i < RecentChanges.MOST + 50; i++) {
      harness.processBroadcastElement(changed("junk" + i, "deploy", START + 100 * MINUTE), START);
    }
    assertThat(keptChanges()).containsExactly("c1");
  }

  @Test
  void whatWasKeptBeforeAnyTimeWasKnownGoesWhenItTurnsOutToBeAhead() throws Exception {
    harness.processBroadcastElement(
        new StreamRecord<>(changed("junk", "deploy", START + 100 * MINUTE)));
    assertThat(keptChanges()).containsExactly("junk");
    harness.processBroadcastElement(Circumstance.of(change(0)), START);
    assertThat(keptChanges()).containsExactly("c1");
  }

  @Test
  void aPartitionThatIsReadLaterDisplacesNothingOfTheOthers() throws Exception {
    harness.processBroadcastElement(changed("late", "deploy", START), START);
    long earlier = START - 300 * MINUTE;
    harness.processBroadcastElement(changed("early", "deploy", earlier), earlier);
    assertThat(keptChanges()).containsExactlyInAnyOrder("early", "late");
  }

  @Test
  void scalingsGoBeforeTheDeployThatCameBeforeThem() throws Exception {
    harness.processBroadcastElement(changed("deploy", "deploy", START), START);
    for (int i = 0; i < 2 * RecentChanges.MOST; i++) {
      harness.processBroadcastElement(changed("scaling" + i, Change.SCALING, START + i), START);
    }
    assertThat(keptChanges()).hasSize(RecentChanges.MOST).contains("deploy");
  }

  private static Circumstance changed(String id, String kind, long time) {
    return Circumstance.of(new Change(id, time, kind, service("", "checkout"), "", "", "", ""));
  }

  private List<String> keptChanges() throws Exception {
    List<String> ids = new ArrayList<>();
    harness
        .getBroadcastState(RecentChanges.STATE)
        .immutableEntries()
        .forEach(each -> ids.add(each.getKey()));
    return ids;
  }

  @Test
  void aChangeWithoutATimeOrFarAheadIsLeftOut() throws Exception {
    play(progress(0));
    Change usual = change(0);
    for (long time : new long[] {0, -5, START + 100 * MINUTE}) {
      Change odd = new Change("c" + time, time, "deploy", usual.entity(), "", "", "", "");
      harness.processBroadcastElement(Circumstance.of(odd), START);
    }
    assertThat(harness.getBroadcastState(RecentChanges.STATE).immutableEntries()).isEmpty();
  }

  private static TopologyRecord seen(String caller, String callee, long second) {
    return TopologyRecord.of(
        new SeenEdge(
            new CallEdge(service("", caller), service("", callee)), START + second * SECOND));
  }
}
