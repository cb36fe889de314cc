// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What a new series takes from siblings, and what from others of its metric. */
class YoungSeriesTest {
  private static final long STEP = 15_000;
  private static final int HOUR = 240;

  private final Shard shard = new Shard();
  private final Random random = new Random(11);
  private long time = Shard.START;

  private void siblings(int count, double least, double most, double noise) {
    for (int i = 0; i < count; i++) {
      double level = least + (most - least) * i / Math.max(1, count - 1);
      play("node-" + i, 2 * HOUR, n -> level * (1 + noise * random.nextGaussian()));
      time -= 2 * HOUR * STEP;
    }
    time += 2 * HOUR * STEP;
    shard.findings.clear();
  }

  private void play(String instance, int samples, IntToDoubleFunction values) {
    Shard.Series series = shard.series(Labels.NAME, "x", "instance", instance, "job", "node");
    for (int n = 0; n < samples; n++) {
      series.sample(time += STEP, values.applyAsDouble(n));
    }
  }

  private List<Finding> strong() {
    return shard.findings.stream().filter(Finding::strong).toList();
  }

  @Test
  void whatLiesAmongUnequalSiblingsIsSilent() {
    siblings(6, 50, 500, 0.02);
    play("new", 4 * HOUR, n -> 300 * (1 + 0.02 * random.nextGaussian()));
    assertThat(strong()).isEmpty();
  }

  @Test
  void whatFillsSlowlyIsSilent() {
    siblings(6, 90, 110, 0.005);
    play("new", 4 * HOUR, n -> 100 - 70 * Math.exp(-n / 200.0));
    assertThat(strong()).isEmpty();
  }

  @Test
  void aBurstAtTheStartIsSilentAndSaysNothingOfTheSeries() {
    siblings(6, 9, 11, 0.02);
    play("new", 30, n -> n < 8 ? 60 : 10 * (1 + 0.02 * random.nextGaussian()));
    assertThat(shard.findings).isEmpty();
    play("new", 3, n -> 60);
    assertThat(strong()).isNotEmpty();
  }

  @Test
  void whatIsFarFromAllSiblingsIsFoundAtItsSecondSample() {
    siblings(6, 9, 11, 0.02);
    play("new", 2, n -> 1000);
    assertThat(strong()).hasSize(1);
    assertThat(strong().get(0).onset()).isEqualTo(time - STEP);
    assertThat(strong().get(0).expected()).isBetween(8.0, 12.0);
  }

  @Test
  void whatIsModeratelyTooHighIsFoundAfterTheStart() {
    siblings(6, 9, 11, 0.02);
    play("new", 20, n -> 40);
    assertThat(strong()).isNotEmpty();
    assertThat(strong().get(0).time()).isGreaterThan(Shard.START + 2 * HOUR * STEP + 180_000);
  }

  @Test
  void aDropAfterTheStartIsFoundByItsOwnBand() {
    siblings(6, 90, 110, 0.01);
    play("new", 60, n -> 100 * (1 + 0.01 * random.nextGaussian()));
    play("new", 3, n -> 0);
    assertThat(strong()).isNotEmpty().allMatch(found -> found.direction() == Direction.DOWN);
  }

  @Test
  void siblingsOfNegativeValuesAreUnderstoodToo() {
    siblings(6, -110, -90, 0.01);
    play("new", 30, n -> n < 10 ? -5 * n : -100 * (1 + 0.01 * random.nextGaussian()));
    assertThat(strong()).isEmpty();
    play("new", 3, n -> -500);
    assertThat(strong()).isNotEmpty().allMatch(found -> found.direction() == Direction.DOWN);
  }

  @Test
  void siblingsOfWhichTooLittleWasSeenTeachNothing() {
    play("a", 20, n -> 10);
    play("b", 8, n -> 10_000);
    assertThat(shard.findings).isEmpty();
  }

  @Test
  void aSiblingWithAFindingTeachesOnlyWhereThereIsNoOther() {
    siblings(6, 9, 11, 0.02);
    play("node-5", 5, n -> 1000);
    shard.findings.clear();
    play("new", 2, n -> 1000);
    assertThat(strong()).anyMatch(finding -> finding.labels().get("instance").equals("new"));
  }

  /** A quiet beginning says less of the noise than the other series of the metric do. */
  @Test
  void aSeriesWithoutSiblingsWaversAsOthersOfItsMetricDo() {
    Shard alone = new Shard();
    siblings(6, 90, 110, 0.3);
    long since = time;
    for (Shard each : List.of(alone, shard)) {
      Shard.Series series = each.series(Labels.NAME, "x", "job", "other");
      time = since;
      for (int n = 0; n < 33; n++) {
        series.sample(time += STEP, n < 30 ? 1000 : 2000);
      }
    }
    assertThat(alone.strong()).isNotEmpty();
    assertThat(shard.findings).isEmpty();
  }
}
