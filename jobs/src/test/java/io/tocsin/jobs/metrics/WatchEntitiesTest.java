// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.entities.EntityScorer;
import io.tocsin.models.entities.EntryBuffer;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Findings of single series on their way past the budgets of their entities. */
final class WatchEntitiesTest {
  private static final long START = 1_760_000_040_000L;
  private static final Entity CART = new Entity("", "shop", "", "cart", "", "cart-1");

  private static Finding finding(String metric, long arrival, double score) {
    Labels labels = Labels.of(Labels.NAME, metric, "namespace", "shop", "service", "cart");
    return new Finding(
        SeriesHash.hex(SeriesHash.of(labels)),
        Phase.CONTINUES,
        arrival,
        arrival,
        arrival,
        labels,
        CART,
        Role.EVIDENCE,
        "",
        "jump",
        Direction.UP,
        score,
        score,
        score,
        0,
        -1,
        1,
        15_000);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, EntityEntries, FindingsRecord, FindingsRecord>
      harness(MetricsSettings settings, OperatorSubtaskState... state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<
            Integer, EntityEntries, FindingsRecord, FindingsRecord>(
            new KeyedCoProcessOperator<>(new WatchEntities(settings)),
            said -> Shards.key(said.group()),
            MetricsJob::entityKey,
            Types.INT,
            Shards.COUNT,
            1,
            0);
    harness.setup();
    for (OperatorSubtaskState each : state) {
      harness.initializeState(each);
    }
    harness.open();
    return harness;
  }

  /** What so many series of the service say in their first tick. */
  private static EntityEntries entries(int series) {
    MetricsSettings usual = MetricsSettings.DEFAULTS;
    EntryBuffer entries = new EntryBuffer();
    SeriesScorer scorer =
        new SeriesScorer(
            usual.series(), usual.episodes(), usual.policies(), usual.detector(), heard(entries));
    SeriesTable table = SeriesScorer.newTable(usual.detector());
    for (int i = 0; i < series; i++) {
      Labels labels = Labels.of(Labels.NAME, "metric_" + i, "namespace", "shop", "service", "cart");
      long hash = SeriesHash.of(labels);
      int check = SeriesHash.checkOf(labels);
      scorer.announce(table, hash, check, MetricKind.GAUGE, LabelBytes.write(labels));
      scorer.sample(table, hash, check, START, Double.doubleToRawLongBits(i), START);
    }
    return new EntityEntries(EntryBuffer.groupOf(CART), Judged.tick(START), entries.take());
  }

  private static ScoreListener heard(EntryBuffer entries) {
    return new ScoreListener() {
      @Override
      public void finding(Finding finding) {
        throw new AssertionError("nothing was to be found");
      }

      @Override
      public void scored(Labels labels, long time, double value, Verdict verdict) {}

      @Override
      public void judged(Judged judged) {
        entries.add(judged);
      }
    };
  }

  private static void reach(
      KeyedTwoInputStreamOperatorTestHarness<Integer, EntityEntries, FindingsRecord, FindingsRecord>
          harness,
      long time)
      throws Exception {
    harness.processBothWatermarks(new Watermark(time));
  }

  private static void say(
      KeyedTwoInputStreamOperatorTestHarness<Integer, EntityEntries, FindingsRecord, FindingsRecord>
          harness,
      Finding finding)
      throws Exception {
    harness.processElement2(FindingsRecord.of(finding), finding.arrival());
  }

  private static List<Finding> told(
      KeyedTwoInputStreamOperatorTestHarness<Integer, EntityEntries, FindingsRecord, FindingsRecord>
          harness) {
    return harness.extractOutputValues().stream()
        .map(FindingsRecord::finding)
        .filter(Objects::nonNull)
        .toList();
  }

  @Test
  void aStrongFindingWaitsForItsArrivalAndAWeakOneDoesNot() throws Exception {
    try (var harness = harness(MetricsSettings.DEFAULTS)) {
      Finding strong = finding("metric_0", START, 2);
      Finding weak = finding("metric_1", START, 0.7);
      say(harness, strong);
      say(harness, weak);
      assertThat(told(harness)).containsExactly(weak);
      reach(harness, START - 1);
      assertThat(told(harness)).hasSize(1);
      reach(harness, START);
      assertThat(told(harness)).containsExactly(weak, strong);
      assertThat(harness.numKeyedStateEntries()).isPositive();
    }
  }

  @Test
  void aMarkOfProgressGoesThrough() throws Exception {
    try (var harness = harness(MetricsSettings.DEFAULTS)) {
      FindingsRecord mark = FindingsRecord.of(new Progress("metrics", START, List.of(CART)));
      harness.processElement2(mark, START);
      assertThat(harness.extractOutputValues()).containsExactly(mark);
    }
  }

  @Test
  void theTickBeforeAFindingIsClosedBeforeItIsJudged() throws Exception {
    EntityEntries entries = entries(200);
    Finding finding = finding("metric_0", entries.tick(), 1.5);
    try (var harness = harness(MetricsSettings.DEFAULTS)) {
      say(harness, finding);
      harness.processElement1(entries, entries.tick());
      reach(harness, entries.tick());
      assertThat(told(harness)).extracting(Finding::score).containsExactly(0.99);
    }
    try (var alone = harness(MetricsSettings.DEFAULTS)) {
      say(alone, finding);
      reach(alone, entries.tick());
      assertThat(told(alone)).containsExactly(finding);
    }
  }

  @Test
  void aLateFindingIsJudgedAtOnce() throws Exception {
    try (var harness = harness(MetricsSettings.DEFAULTS)) {
      reach(harness, START);
      say(harness, finding("metric_0", START, 2));
      assertThat(told(harness)).hasSize(1).allMatch(Finding::strong);
    }
  }

  @Test
  void whatIsToldDoesNotDependOnTheOrderOfWhatComesNorOnRestores() throws Exception {
    List<Finding> usual = story(1, false);
    assertThat(usual).anyMatch(Finding::strong).anyMatch(finding -> !finding.strong());
    assertThat(story(2, false)).isEqualTo(usual);
    assertThat(story(3, true)).isEqualTo(usual);
  }

  /** Findings of random size, ten at a time, of an entity that becomes known after a minute. */
  private static List<Finding> story(long order, boolean restored) throws Exception {
    Random random = new Random(7);
    Random shuffle = new Random(order);
    List<Finding> told = new ArrayList<>();
    var harness = harness(MetricsSettings.DEFAULTS);
    EntityEntries entries = entries(3);
    harness.processElement1(entries, entries.tick());
    for (int minute = 0; minute < 300; minute += 30) {
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        long arrival = START + 60_000L * (minute + i % 2);
        findings.add(finding("metric_" + minute + i, arrival, 1 - Math.log(random.nextDouble())));
      }
      Collections.shuffle(findings, shuffle);
      for (Finding each : findings) {
        say(harness, each);
      }
      if (restored) {
        OperatorSubtaskState state = harness.snapshot(minute, minute);
        told.addAll(told(harness));
        harness.close();
        harness = harness(MetricsSettings.DEFAULTS, state);
      }
      reach(harness, START + 60_000L * (minute + 2));
    }
    told.addAll(told(harness));
    harness.close();
    return told;
  }

  @Test
  void findingsOfOneArrivalAreToldInAFixedOrder() throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      findings.add(finding("metric_" + i, START, 5));
    }
    try (var harness = harness(MetricsSettings.DEFAULTS)) {
      for (Finding each : findings) {
        say(harness, each);
      }
      reach(harness, START);
      assertThat(told(harness)).isEqualTo(findings.stream().sorted(EntityScorer.JUDGED).toList());
    }
  }

  @Test
  void whatIsOverIsJudgedAndToldToNobody() throws Exception {
    try (var harness = harness(EntitiesJobTest.learningUntil(Instant.ofEpochMilli(START + 1)))) {
      say(harness, finding("metric_0", START, 2));
      say(harness, finding("metric_1", START, 0.7));
      reach(harness, START);
      assertThat(told(harness)).isEmpty();
      say(harness, finding("metric_0", START + 1, 0.9));
      reach(harness, START + 1);
      assertThat(told(harness)).extracting(Finding::score).containsExactly(0.9);
    }
  }

  @Test
  void anEntityAndItsCopiesAreOfOneGroup() {
    assertThat(EntryBuffer.groupOf(CART)).isEqualTo(EntryBuffer.groupOf(CART.withoutInstance()));
  }
}
