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
import org.junit.jupiter.api.AfterEach;
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
        15_000,
        0,
        List.of(),
        null);
  }

  /** The operator, and what it has told. */
  private static final class Watch {
    private final KeyedTwoInputStreamOperatorTestHarness<
            Integer, EntityEntries, FindingsRecord, FindingsRecord>
        harness;

    Watch(MetricsSettings settings, OperatorSubtaskState... states) throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new WatchEntities(settings.watch())),
              said -> Shards.key(said.group()),
              EntityStage::entityKey,
              Types.INT,
              Shards.COUNT,
              1,
              0);
      harness.setup();
      for (OperatorSubtaskState state : states) {
        harness.initializeState(state);
      }
      harness.open();
    }

    void say(EntityEntries entries) throws Exception {
      harness.processElement1(entries, entries.tick());
    }

    void say(FindingsRecord record) throws Exception {
      harness.processElement2(record, record.time());
    }

    void say(Finding finding) throws Exception {
      say(FindingsRecord.of(finding));
    }

    void reach(long time) throws Exception {
      harness.processBothWatermarks(new Watermark(time));
    }

    List<FindingsRecord> records() {
      return harness.extractOutputValues();
    }

    List<Finding> told() {
      return records().stream().map(FindingsRecord::finding).filter(Objects::nonNull).toList();
    }

    /** Another one that goes on with the state of this one. */
    Watch restarted() throws Exception {
      OperatorSubtaskState state = harness.snapshot(1, 1);
      close();
      return new Watch(MetricsSettings.DEFAULTS, state);
    }

    void close() throws Exception {
      harness.close();
    }
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

  private Watch watch = new Watch(MetricsSettings.DEFAULTS);

  WatchEntitiesTest() throws Exception {}

  @AfterEach
  void close() throws Exception {
    watch.close();
  }

  @Test
  void aStrongFindingWaitsForItsArrivalAndAWeakOneDoesNot() throws Exception {
    Finding strong = finding("metric_0", START, 2);
    Finding weak = finding("metric_1", START, 0.7);
    watch.say(strong);
    watch.say(weak);
    assertThat(watch.told()).containsExactly(weak);
    watch.reach(START - 1);
    assertThat(watch.told()).hasSize(1);
    watch.reach(START);
    assertThat(watch.told()).containsExactly(weak, strong);
  }

  @Test
  void aMarkOfProgressGoesThrough() throws Exception {
    FindingsRecord mark = FindingsRecord.of(new Progress("metrics", START, List.of(CART)));
    watch.say(mark);
    assertThat(watch.records()).containsExactly(mark);
  }

  @Test
  void theTickBeforeAFindingIsClosedBeforeItIsJudged() throws Exception {
    EntityEntries entries = entries(200);
    watch.say(finding("metric_0", entries.tick(), 1.5));
    watch.say(entries);
    watch.reach(entries.tick());
    assertThat(watch.told()).extracting(Finding::score).containsExactly(0.99);
  }

  @Test
  void ofAnEntityOfWhichNothingIsKnownTheSameFindingCounts() throws Exception {
    Finding finding = finding("metric_0", START, 1.5);
    watch.say(finding);
    watch.reach(START);
    assertThat(watch.told()).containsExactly(finding);
  }

  @Test
  void aLateFindingIsJudgedAtOnce() throws Exception {
    EntityEntries entries = entries(200);
    watch.say(entries);
    watch.reach(entries.tick());
    watch.say(finding("metric_0", entries.tick(), 1.5));
    watch.say(finding("metric_1", entries.tick(), 5));
    assertThat(watch.told()).extracting(Finding::score).containsExactly(0.99, 5.0);
  }

  @Test
  void whatIsToldDoesNotDependOnTheOrderOfWhatComesNorOnRestores() throws Exception {
    List<Finding> usual = story(1, false);
    assertThat(usual).anyMatch(Finding::strong).anyMatch(finding -> !finding.strong());
    assertThat(story(2, false)).isEqualTo(usual);
    assertThat(story(3, true)).isEqualTo(usual);
  }

  /** Findings of random size, ten at a time, of an entity that is known after a minute. */
  private static List<Finding> story(long order, boolean restarted) throws Exception {
    Random random = new Random(7);
    Random shuffle = new Random(order);
    List<Finding> told = new ArrayList<>();
    Watch watch = new Watch(MetricsSettings.DEFAULTS);
    watch.say(entries(3));
    for (int minute = 0; minute < 300; minute += 30) {
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        long arrival = START + 60_000L * (minute + i % 2);
        double score = 2 - Math.log(random.nextDouble());
        findings.add(finding("metric_" + minute + i, arrival, score));
      }
      Collections.shuffle(findings, shuffle);
      for (Finding each : findings) {
        watch.say(each);
      }
      if (restarted) {
        told.addAll(watch.told());
        watch = watch.restarted();
      }
      watch.reach(START + 60_000L * (minute + 2));
    }
    told.addAll(watch.told());
    watch.close();
    return told;
  }

  @Test
  void findingsOfOneArrivalAreToldInAFixedOrder() throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      findings.add(finding("metric_" + i, START, 5));
    }
    for (Finding each : findings) {
      watch.say(each);
    }
    watch.reach(START);
    assertThat(watch.told()).isEqualTo(EntityScorer.strongestFirst(findings));
  }

  @Test
  void whatIsOverIsJudgedAndToldToNobody() throws Exception {
    EntityEntries entries = entries(200);
    long tick = entries.tick();
    watch.close();
    watch = new Watch(EntitiesJobTest.learningUntil(Instant.ofEpochMilli(tick + 1)));
    watch.say(entries);
    watch.say(finding("metric_0", tick, 5));
    watch.say(finding("metric_1", tick, 0.7));
    watch.reach(tick);
    assertThat(watch.told()).isEmpty();
    Finding lasts = finding("metric_0", tick + 1, 1.2);
    watch.say(lasts);
    watch.reach(tick + 1);
    assertThat(watch.told()).containsExactly(lasts);
  }

  @Test
  void anEntityAndItsCopiesAreOfOneGroup() {
    assertThat(EntryBuffer.groupOf(CART)).isEqualTo(EntryBuffer.groupOf(CART.withoutInstance()));
  }
}
