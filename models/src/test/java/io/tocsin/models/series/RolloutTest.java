// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New pods start from what the pods of their workload have taught. */
class RolloutTest {
  private static final int PODS = 20;
  private static final long STEP = Deployment.STEP;
  private static final long HOUR = 3_600_000;
  private static final int SCRAPES_OF_A_DAY = 2880;

  private final Shard shard = new Shard();
  private final Deployment shop = new Deployment(shard, "shop", 3);
  private long time = Shard.START;

  @BeforeEach
  void theShopHasRunForTwoDays() {
    for (int i = 0; i < PODS; i++) {
      shop.start(time - 2 * HOUR);
    }
    pass(2 * SCRAPES_OF_A_DAY + 700);
    shard.findings.clear();
  }

  private void pass(int scrapes) {
    for (int i = 0; i < scrapes; i++) {
      time += STEP;
      shop.scrape(time);
      if (time % SeriesScorer.SWEEP_MILLIS < STEP) {
        shard.scorer.sweep(shard.table, time - time % SeriesScorer.SWEEP_MILLIS);
      }
    }
  }

  /** One pod after the other, each started before one of the old ones is stopped. */
  private void rollOut() {
    shop.release();
    for (Deployment.Pod old : new ArrayList<>(shop.pods())) {
      shop.start(time);
      pass(1);
      shop.stop(old, time + 1);
    }
  }

  private List<Finding> strong() {
    return shard.findings.stream().filter(Finding::strong).toList();
  }

  @Test
  void aRolloutIsSilent() {
    for (int release = 0; release < 3; release++) {
      rollOut();
      pass(240);
    }
    assertThat(strong()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERRORS", "SLOW"})
  void aFaultFiveMinutesAfterARolloutIsFoundAtOnce(String fault) {
    rollOut();
    pass(10);
    assertThat(strong()).isEmpty();
    List<String> born = shop.pods().stream().map(pod -> pod.name).toList();
    assertThat(shard.findings).noneMatch(finding -> born.contains(finding.labels().get("pod")));
    long since = time + STEP;
    Deployment.Fault broken = Deployment.Fault.valueOf(fault);
    shop.pods().forEach(pod -> pod.fault = broken);
    pass(4);

    String metric = broken == Deployment.Fault.SLOW ? "request_seconds:p95" : "error_ratio";
    List<Finding> found =
        strong().stream().filter(each -> each.labels().metric().equals(metric)).toList();
    assertThat(found).allMatch(finding -> finding.onset() == since);
    assertThat(found.stream().map(finding -> finding.labels().get("pod")).distinct()).hasSize(PODS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERRORS", "SLOW"})
  void aPodThatIsBornWithAFaultIsFound(String fault) {
    shop.release();
    Deployment.Pod born = shop.start(time);
    born.fault = Deployment.Fault.valueOf(fault);
    pass(born.fault == Deployment.Fault.SLOW ? 16 : 3);

    assertThat(strong()).isNotEmpty();
    assertThat(strong())
        .allSatisfy(finding -> assertThat(finding.labels().get("pod")).isEqualTo(born.name));
  }

  @Test
  void theOnlyPodStartsFromItsPredecessorThoughThatIsGone() throws IOException {
    for (Deployment.Pod old : List.copyOf(shop.pods())) {
      shop.stop(old, time);
    }
    time += 3 * HOUR;
    shard.restore();
    Deployment.Pod born = shop.start(time);
    born.fault = Deployment.Fault.ERRORS;
    pass(3);
    assertThat(strong())
        .anyMatch(finding -> finding.labels().metric().equals("error_ratio"))
        .allMatch(finding -> finding.direction() == Direction.UP);
  }

  @Test
  void anotherNamespaceIsNoSibling() {
    Deployment other = new Deployment(shard, "test", 5);
    other.start(time - HOUR).fault = Deployment.Fault.ERRORS;
    for (int i = 0; i < 20; i++) {
      time += STEP;
      other.scrape(time);
    }
    assertThat(shard.findings).isEmpty();
  }

  @Test
  void aWorkloadThatWasNeverSeenIsOnlyLearnedAtFirst() {
    Shard empty = new Shard();
    Deployment other = new Deployment(empty, "test", 5);
    other.start(time - HOUR).fault = Deployment.Fault.ERRORS;
    for (int i = 0; i < 10; i++) {
      time += STEP;
      other.scrape(time);
    }
    assertThat(empty.findings).isEmpty();
  }

  @Test
  void restartsDuringARolloutAreNotNoticed() throws IOException {
    Shard whole = new Shard();
    Shard restarted = new Shard();
    for (Shard each : List.of(whole, restarted)) {
      time = Shard.START;
      Deployment few = new Deployment(each, "shop", 7);
      for (int i = 0; i < 40; i++) {
        few.start(time - HOUR);
      }
      for (int i = 0; i < 60; i++) {
        few.scrape(time += STEP);
      }
      few.release();
      for (Deployment.Pod old : List.copyOf(few.pods())) {
        few.start(time).fault =
            time / STEP % 3 == 0 ? Deployment.Fault.ERRORS : Deployment.Fault.NONE;
        few.scrape(time += STEP);
        few.stop(old, time + 1);
        if (each == restarted) {
          each.restore();
        }
      }
      each.scorer.sweep(each.table, time + 30 * HOUR);
      assertThat(each.table.siblings.bytes()).isPositive();
    }
    assertThat(whole.strong()).isNotEmpty();
    assertThat(restarted.findings).isEqualTo(whole.findings);
    assertThat(restarted.bytes()).isEqualTo(whole.bytes());
    assertThat(restarted.table.scored.size()).isZero();
  }
}
