// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.metrics.Shards;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.logs.LogPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

final class ScoreLinesTest {
  private static final int SECONDS = 1_500;
  private static final int BROKEN = 1_380;
  private static final int INTERRUPTED = 1_407;

  @Test
  void aNewErrorIsFoundWithItsPatternAndALineOfIt() throws Exception {
    Run run = new Run(1);
    run.play(0, SECONDS);

    List<Finding> strong = run.novelties().stream().filter(Finding::strong).toList();
    assertThat(strong).isNotEmpty();
    assertThat(strong).extracting(each -> each.entity().service()).containsOnly("service-3");
    LogEvidence log = Objects.requireNonNull(strong.get(0).log());
    assertThat(log.template()).isEqualTo("disk <*> is lost");
    assertThat(log.sample()).matches("disk \\d is lost");
    assertThat(strong.get(0).onset()).isEqualTo(Chatter.START + BROKEN * 1000L + 600);
  }

  @Test
  void nothingIsFoundWhileAllIsAsEver() throws Exception {
    Run run = new Run(1);
    run.play(0, BROKEN);

    assertThat(run.novelties()).isEmpty();
    assertThat(run.findings()).noneMatch(Finding::strong);
  }

  @Test
  void everyPatternIsToldWithItsServiceAgainAndAgainAsItGrows() throws Exception {
    Run run = new Run(1);
    run.play(0, SECONDS);

    Map<String, List<LogPattern>> byId =
        run.patterns().stream().collect(Collectors.groupingBy(LogPattern::id));
    assertThat(byId).hasSize(2 * Chatter.SERVICES + 1);
    assertThat(byId.values())
        .allSatisfy(
            told -> {
              assertThat(told).extracting(LogPattern::count).isSorted().doesNotHaveDuplicates();
              assertThat(told).extracting(LogPattern::entity).containsOnly(told.get(0).entity());
            });
    assertThat(run.patterns())
        .extracting(LogPattern::template)
        .contains("order <*> placed", "disk <*> is lost");
  }

  @Test
  void aRestartOnTwoSubtasksGoesOnAsIfNothingHadHappened() throws Exception {
    Run whole = new Run(1);
    whole.play(0, SECONDS);

    Run first = new Run(1);
    first.play(0, INTERRUPTED);
    Run second = new Run(2, first.state());
    second.chatter = first.chatter;
    second.play(INTERRUPTED, SECONDS);

    Set<String> both = new TreeSet<>(first.texts());
    both.addAll(second.texts());
    assertThat(both).isEqualTo(whole.texts());
  }

  @Test
  void linesThatComeInAnotherOrderAreJudgedInThatOfTheirArrival() throws Exception {
    Run inOrder = new Run(1);
    inOrder.play(0, SECONDS);
    Run readAhead = new Run(1);
    readAhead.ahead = 240;
    readAhead.play(0, SECONDS);

    assertThat(readAhead.texts()).isEqualTo(inOrder.texts());
  }

  /** The operator on some subtasks, and what it has told. */
  private static final class Run {
    private final List<KeyedOneInputStreamOperatorTestHarness<Integer, LineBatch, FindingsRecord>>
        subtasks = new ArrayList<>();
    private Chatter chatter = new Chatter();

    /** Seconds that are read before event time follows. */
    private int ahead = 1;

    Run(int parallelism, OperatorSubtaskState... states) throws Exception {
      for (int i = 0; i < parallelism; i++) {
        var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ScoreLines(LogsSettings.DEFAULTS)),
                (LineBatch batch) -> Shards.key(batch.shard()),
                Types.INT,
                Shards.COUNT,
                parallelism,
                i);
        harness.setup();
        if (states.length > 0) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  states[0], Shards.COUNT, 1, parallelism, i));
        }
        harness.open();
        subtasks.add(harness);
      }
    }

    void play(int from, int until) throws Exception {
      for (int second = from; second < until; second++) {
        for (LineBatch batch : chatter.second(second, second >= BROKEN)) {
          subtaskOf(batch).processElement(new StreamRecord<>(batch));
        }
        if (second % ahead == ahead - 1 || second == until - 1) {
          for (var each : subtasks) {
            each.processWatermark(Chatter.START + second * 1000L);
          }
        }
      }
    }

    private KeyedOneInputStreamOperatorTestHarness<Integer, LineBatch, FindingsRecord> subtaskOf(
        LineBatch batch) {
      return subtasks.get(batch.shard() * subtasks.size() / Shards.COUNT);
    }

    OperatorSubtaskState state() throws Exception {
      return subtasks.get(0).snapshot(1, 1);
    }

    List<Finding> findings() {
      return findings(each -> each.extractOutputValues());
    }

    List<Finding> novelties() {
      return findings(each -> side(each, ScoreLines.NOVELTIES));
    }

    List<LogPattern> patterns() {
      return subtasks.stream().flatMap(each -> side(each, ScoreLines.PATTERNS).stream()).toList();
    }

    Set<String> texts() {
      Set<String> texts = new TreeSet<>();
      findings().forEach(each -> texts.add(each.toString()));
      novelties().forEach(each -> texts.add(each.toString()));
      patterns().forEach(each -> texts.add(each.toString()));
      return texts;
    }

    private List<Finding> findings(
        java.util.function.Function<
                KeyedOneInputStreamOperatorTestHarness<Integer, LineBatch, FindingsRecord>,
                List<FindingsRecord>>
            output) {
      return subtasks.stream()
          .flatMap(each -> output.apply(each).stream())
          .map(FindingsRecord::finding)
          .filter(Objects::nonNull)
          .toList();
    }

    private static <T> List<T> side(
        KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness, OutputTag<T> tag) {
      Collection<StreamRecord<T>> records = harness.getSideOutput(tag);
      return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }
  }
}
