// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlarmBudgetTest {
  /** So many times in a row a score of 5 passes the bar that each raises. */
  private static final int MOST_OF_FIVE = 4;

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int MANY = 200;

  private final Watched watched = new Watched();

  private static Entity service(String name) {
    return new Entity("", "shop", "", name, "", "pod-7");
  }

  private static Finding finding(
      Entity entity, String metric, Phase phase, long arrival, double score, double peak) {
    return finding(entity, metric, Role.EVIDENCE, phase, arrival, score, peak);
  }

  private static Finding finding(
      Entity entity,
      String metric,
      Role role,
      Phase phase,
      long arrival,
      double score,
      double peak) {
    Labels labels = Labels.of(Labels.NAME, metric, "service", entity.service());
    return new Finding(
        SeriesHash.hex(SeriesHash.of(labels)),
        phase,
        arrival,
        arrival,
        arrival,
        labels,
        entity,
        role,
        "",
        "jump",
        Direction.UP,
        score,
        peak,
        score,
        0,
        -1,
        1,
        15_000,
        0,
        List.of(),
        null);
  }

  /** How much stronger than at first one must be after so many alarms, without time. */
  private static double raised(int alarms) {
    return Math.pow(1 + EntitySettings.DEFAULTS.alarmStep(), alarms);
  }

  private Finding judge(String service, String metric, double score) {
    return watched.judge(
        finding(service(service), metric, Phase.STARTED, watched.time(), score, score));
  }

  private Finding judge(Phase phase, double score, double peak) {
    return watched.judge(finding(service("cart"), "metric_0", phase, watched.time(), score, peak));
  }

  private Finding judgeSymptom(String metric, double score) {
    Entity cart = service("cart");
    return watched.judge(
        finding(cart, metric, Role.SYMPTOM, Phase.STARTED, watched.time(), score, score));
  }

  /** A tick in which some of nine series that users feel are beyond their boundaries. */
  private void tickOfSymptoms(int agreeing) {
    for (int i = 0; i < 9; i++) {
      double off = i < agreeing ? 1.2 : 0.1;
      watched.say("cart", "cart-" + i % 3, "felt_" + i / 3, Role.SYMPTOM, off, off);
    }
    tick("cart", MANY);
  }

  /** A tick in which so many series of a service are within their bands. */
  private void tick(String service, int series) {
    for (int i = 0; i < series; i++) {
      watched.say(service, "", "metric_" + i, 0, 0);
    }
    watched.tick();
  }

  @Test
  void ofManySeriesAWeakLoneFindingDoesNotCountAndAStrongOneDoes() {
    tick("cart", MANY);
    Finding weak = judge("cart", "metric_1", 1.5);
    assertThat(weak.strong()).isFalse();
    assertThat(weak.score()).isEqualTo(0.99);
    assertThat(weak.peak()).isEqualTo(0.99);

    double bar = 1 + BandSettings.DEFAULTS.scorePerDigit() * Math.log10(MANY);
    assertThat(judge("cart", "metric_2", bar - 0.001).strong()).isFalse();
    assertThat(judge("cart", "metric_3", bar + 0.001).score()).isEqualTo(bar + 0.001);
  }

  @Test
  void symptomsThatAgreeCountWhereOneAloneWouldNot() {
    tickOfSymptoms(1);
    assertThat(judgeSymptom("felt_0", 1.1).strong()).isFalse();
    tickOfSymptoms(3);
    assertThat(judgeSymptom("felt_0", 1.1).strong()).isTrue();
    assertThat(judge("cart", "metric_1", 1.1).strong()).as("evidence").isFalse();
    tickOfSymptoms(2);
    assertThat(judgeSymptom("felt_1", 1.1).strong()).isFalse();
    assertThat(judgeSymptom("felt_1", 1.4).strong()).isTrue();
  }

  @Test
  void whatHasAlarmedBeforeIsNothingToSymptomsThatAgreeAndTheyRaiseNothing() {
    tick("cart", MANY);
    assertThat(judge("cart", "metric_1", 6).strong()).isTrue();
    watched.pass(HOUR);
    tickOfSymptoms(3);
    assertThat(judgeSymptom("felt_0", 1.1).strong()).isTrue();
    tickOfSymptoms(0);
    double least = 1 + BandSettings.DEFAULTS.scorePerDigit() * Math.log10(MANY + 9);
    assertThat(judgeSymptom("felt_1", 1.3 * least).strong()).as("raised once").isFalse();
    assertThat(judgeSymptom("felt_1", 1.41 * least).strong()).isTrue();
  }

  @Test
  void theSameFindingOfAnEntityWithOneSeriesCounts() {
    tick("cart", 1);
    assertThat(judge("cart", "metric_0", 1).score()).isEqualTo(1);
  }

  @Test
  void aFindingOfAnEntityOfWhichNothingIsKnownYetCounts() {
    assertThat(judge("cart", "metric_0", 1).strong()).isTrue();
    assertThat(judge("search", "metric_0", 1).strong()).isTrue();
  }

  @Test
  void fromTheTailToTheBoundaryAScoreGrowsFromNothingToOne() {
    BandSettings band = BandSettings.DEFAULTS;
    double digits = band.boundary() - -Math.log10(band.tailShare());
    assertThat(digits * band.scorePerDigit()).isCloseTo(1, within(1e-12));
  }

  @Test
  void whoHasAlarmedOftenMustSaySomethingStrongerAndAfterCalmDaysNoLonger() {
    tick("cart", 1);
    for (int alarm = 0; alarm < 3; alarm++) {
      assertThat(judge("cart", "noisy_" + alarm, 2).strong()).isTrue();
      hours("cart", 2);
    }
    assertThat(judge("cart", "metric_0", raised(2)).strong()).isFalse();
    assertThat(judge("cart", "metric_0", raised(3)).strong()).isTrue();
    // As many days as the budget has for four alarms.
    hours("cart", (int) Math.ceil(4 / EntitySettings.DEFAULTS.alarmsPerDay()) * 24);
    assertThat(judge("cart", "metric_1", 1.01).strong()).isTrue();
  }

  @Test
  void ofOthersAlarmsAnEntityKnowsNothing() {
    tick("cart", 1);
    for (int alarm = 0; alarm < MOST_OF_FIVE; alarm++) {
      assertThat(judge("cart", "noisy_" + alarm, 5).strong()).isTrue();
      hours("cart", 2);
    }
    assertThat(judge("search", "metric_0", 1.01).strong()).isTrue();
  }

  @Test
  void whatIsFoundWithinAnHourIsOneAlarm() {
    tick("cart", 1);
    for (int alarm = 0; alarm < 20; alarm++) {
      assertThat(judge("cart", "metric_" + alarm, raised(1) + 0.01).strong()).isTrue();
    }
  }

  @Test
  void ofThoseThatArriveTogetherTheStrongestIsTheAlarmWhateverTheirIds() {
    tick("cart", 1);
    List<Finding> together = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double score = i == 5 ? 1.1 : 1.01;
      together.add(
          finding(service("cart"), "metric_" + i, Phase.STARTED, watched.time(), score, score));
    }
    List<Finding> told =
        EntityScorer.strongestFirst(together).stream().map(watched::judge).toList();
    assertThat(told).filteredOn(Finding::strong).containsExactly(together.get(5));
  }

  @Test
  void recordsOfOneFindingAreJudgedByTheirTimes() {
    Finding first = finding(service("cart"), "metric_0", Phase.STARTED, 1_000, 1, 1);
    Finding other = finding(service("cart"), "metric_1", Phase.STARTED, 1_000, 2, 2);
    Finding second = finding(service("cart"), "metric_0", Phase.CONTINUES, 2_000, 3, 3);
    assertThat(EntityScorer.strongestFirst(List.of(other, second, first)))
        .containsExactly(first, second, other);
  }

  @Test
  void inTheLongRunAnEntityAlarmsAsOftenAsItMay() {
    Random random = new Random(5);
    int alarms = 0;
    int days = 120;
    for (int hour = 0; hour < 24 * days; hour++) {
      tick("cart", 1);
      double score = 1 - Math.log(random.nextDouble());
      boolean strong = judge("cart", "metric_" + hour, score).strong();
      alarms += strong && hour >= 12 * days ? 1 : 0;
      hours("cart", 1);
    }
    double perDay = 2.0 * alarms / days;
    assertThat(perDay).isCloseTo(EntitySettings.DEFAULTS.alarmsPerDay(), within(0.15));
  }

  private void hours(String service, int hours) {
    watched.pass(hours * HOUR);
    tick(service, 1);
  }

  @Test
  void aFindingThatHasPassedStaysSoToItsEnd() {
    tick("cart", 1);
    assertThat(judge(Phase.STARTED, 1.1, 1.1).strong()).isTrue();
    tick("cart", MANY);
    Finding lasts = judge(Phase.CONTINUES, 0.7, 1.1);
    assertThat(lasts.score()).isEqualTo(0.7);
    assertThat(lasts.peak()).isEqualTo(1.1);
    assertThat(judge(Phase.CONTINUES, 1.2, 1.2).score()).isEqualTo(1.2);
    assertThat(judge(Phase.ENDED, 0, 1.2).strong()).isTrue();
    assertThat(judge(Phase.CONTINUES, 1.3, 1.3).strong()).isFalse();
    assertThat(judge(Phase.ENDED, 0, 1.3).strong()).isFalse();
  }

  @Test
  void whatIsTooWeakMayCountWhenItBecomesStronger() {
    tick("cart", MANY);
    assertThat(judge(Phase.STARTED, 1.5, 1.5).strong()).isFalse();
    assertThat(judge(Phase.CONTINUES, 1.4, 1.5).strong()).isFalse();
    assertThat(judge(Phase.CONTINUES, 4, 4).score()).isEqualTo(4);
    assertThat(judge(Phase.CONTINUES, 0.8, 4).strong()).isTrue();
  }

  @Test
  void whatIsMissedOrWeakOrAboutNothingThatIsKnownGoesThroughAsItIs() {
    tick("cart", MANY);
    Finding weak =
        finding(service("cart"), "metric_0", Phase.STARTED, watched.time(), 0.995, 0.995);
    assertThat(watched.judge(weak)).isSameAs(weak);
    for (Entity nobody : List.of(Entity.NONE, new Entity("east", "", "", "", "", ""))) {
      for (int i = 0; i < MANY; i++) {
        Finding each = finding(nobody, "metric_" + i, Phase.STARTED, watched.time(), 1, 1);
        assertThat(watched.judge(each)).isSameAs(each);
        hours("", 2);
      }
    }
    Finding strong = finding(service("cart"), "metric_1", Phase.STARTED, watched.time(), 1.2, 1.2);
    Finding missed = byAbsence(strong);
    tick("cart", MANY);
    assertThat(watched.judge(missed)).isSameAs(missed);
    assertThat(watched.judge(strong).strong()).isFalse();
  }

  private static Finding byAbsence(Finding of) {
    return new Finding(
        of.id(),
        of.phase(),
        of.time(),
        of.arrival(),
        of.onset(),
        of.labels(),
        of.entity(),
        of.role(),
        of.unit(),
        "absence",
        of.direction(),
        of.score(),
        of.peak(),
        of.observed(),
        of.expected(),
        of.lower(),
        of.upper(),
        of.intervalMillis(),
        of.seen(),
        of.contributions(),
        null);
  }

  @Test
  void neitherOrderNorRestoreNorCopyChangesAnything() throws Exception {
    List<Finding> usual = story(1, false);
    assertThat(usual).anyMatch(Finding::strong).anyMatch(finding -> !finding.strong());
    assertThat(story(2, false)).isEqualTo(usual);
    assertThat(story(1, true)).isEqualTo(usual);
  }

  private static List<Finding> story(long order, boolean restored) throws Exception {
    Watched watched = new Watched();
    Random random = new Random(11);
    Random shuffle = new Random(order);
    List<Finding> told = new ArrayList<>();
    for (int hour = 0; hour < 100; hour++) {
      for (int i = 0; i < 3; i++) {
        watched.say("cart", "", "metric_" + i, 0, 0);
      }
      watched.tick();
      List<Finding> same = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        double score = 1 - Math.log(random.nextDouble());
        Phase phase = hour % 4 == 3 ? Phase.ENDED : Phase.CONTINUES;
        same.add(finding(service("cart"), "m_" + i, phase, watched.time(), score, score));
      }
      Collections.shuffle(same, shuffle);
      EntityScorer.strongestFirst(same).stream().map(watched::judge).forEach(told::add);
      if (restored) {
        byte[] before = watched.snapshot();
        watched.restore();
        assertThat(watched.snapshot()).isEqualTo(before);
        watched.copy();
      }
      watched.pass(HOUR);
    }
    return told;
  }

  @Test
  void aFindingWhoseEndIsNeverToldLeavesNoState() {
    assertThat(judge("cart", "metric_0", 3).strong()).isTrue();
    assertThat(watched.isEmpty()).isFalse();
    assertThat(watched.nextClose()).isBetween(watched.time() + 1, watched.time() + HOUR);
    watched.pass(2 * DAY);
    watched.tick();
    assertThat(watched.isEmpty()).isTrue();
  }
}
