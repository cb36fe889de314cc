// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EpisodeTest {
  private static final long START = 1_700_000_000_000L;
  private static final long STEP = 15_000;
  private static final long HOUR = 3_600_000;
  private static final double EXPECTED = 100;

  private final Episode episode = new Episode(EpisodeSettings.DEFAULTS, Episode.ROW_BYTES);
  private final Row state = row();
  private final Verdict verdict = new Verdict();
  private long time = START;

  @Test
  void ordinaryScoresSayNothing() {
    assertThat(said(0, 0.2, 0.49, 0)).containsOnlyNulls();
    assertThat(episode.active(state)).isFalse();
    assertThat(episode.learningWeight(state)).isEqualTo(1);
  }

  @Test
  void aLoneDeviationAmongCloseSamplesIsWeakHoweverLarge() {
    assertThat(said(20)).containsExactly(Phase.STARTED);
    assertThat(episode.score()).isLessThan(1);
    assertThat(said(0)).containsExactly(Phase.ENDED);
    assertThat(episode.peak(state)).isLessThan(1);
  }

  @Test
  void amongSamplesOfAMinuteALoneDeviationCountsIfItIsVerySure() {
    double sure = EpisodeSettings.DEFAULTS.sure();
    assertThat(step(sure - 0.1, 200, Direction.UP, 60_000)).isEqualTo(Phase.STARTED);
    assertThat(episode.peak(state)).isLessThan(1);
    step(0, EXPECTED, Direction.UP, 60_000);

    step(sure, 200, Direction.UP, 60_000);
    assertThat(episode.score()).isEqualTo(sure);
  }

  @Test
  void amongSamplesFarApartEachCounts() {
    step(1, 200, Direction.UP, 300_000);
    assertThat(episode.score()).isEqualTo(1);
  }

  @Test
  void theSecondDeviationInARowConfirmsAndTheOnsetIsTheFirst() {
    assertThat(said(3, 4)).containsExactly(Phase.STARTED, Phase.CONTINUES);
    assertThat(episode.score()).isEqualTo(3);
    assertThat(episode.peak(state)).isEqualTo(3);
    assertThat(episode.onset(state)).isEqualTo(START + STEP);
    assertThat(episode.learningWeight(state)).isZero();
  }

  @Test
  void deviationsThatDoNotFollowEachOtherDoNotConfirm() {
    said(3, 0.6, 3, 0.6, 3, 0.6);

    assertThat(episode.active(state)).isTrue();
    assertThat(episode.peak(state)).isLessThan(1);
  }

  @Test
  void aConfirmedFindingLastsWhileTheValueIsFarFromWhatWasExpectedAtItsOnset() {
    said(2, 2);
    verdict.set(0, 0, 190, 0);
    for (int i = 0; i < 10; i++) {
      // The detector has come to expect it; the finding has not.
      assertThat(episode.step(state, time += STEP, 200, verdict, true, STEP, HOUR))
          .isNotEqualTo(Phase.ENDED);
    }
    assertThat(episode.active(state)).isTrue();
    assertThat(episode.score()).isGreaterThan(0);
  }

  @Test
  void aConfirmedFindingEndsAfterSomeValuesInARowThatAreBack() {
    said(2, 2);

    assertThat(said(0, 0, 2, 0, 0, 0))
        .containsExactly(null, null, Phase.CONTINUES, null, null, Phase.ENDED);
    assertThat(episode.active(state)).isFalse();
    assertThat(episode.score()).isZero();
    assertThat(episode.peak(state)).isEqualTo(2);
  }

  @Test
  void whatLastsIsSaidAgainAfterTheRepeatTimeAndAtOnceWhenClearlyWorse() {
    said(2, 2);

    assertThat(said(2, 2, 2, 2)).containsExactly(null, Phase.CONTINUES, null, Phase.CONTINUES);
    assertThat(said(3.5)).containsExactly(Phase.CONTINUES);
    assertThat(said(4)).containsOnlyNulls();
  }

  @Test
  void aDeviationSoonAfterTheEndResumesTheFinding() {
    said(5, 5, 0, 0, 0);
    time += 200_000;

    assertThat(said(2)).containsExactly(Phase.CONTINUES);
    assertThat(episode.onset(state)).isEqualTo(START + STEP);
    assertThat(episode.peak(state)).isEqualTo(5);
  }

  @Test
  void aDeviationToTheOtherSideIsAnotherFinding() {
    said(5, 5, 0, 0, 0);

    assertThat(step(5, 0, Direction.DOWN, STEP)).isEqualTo(Phase.STARTED);
    assertThat(episode.onset(state)).isEqualTo(time);
    assertThat(episode.direction(state)).isEqualTo(Direction.DOWN);
  }

  @Test
  void aFlipToTheOtherSideEndsAConfirmedFindingFirst() {
    said(5, 5);
    List<@Nullable Phase> said = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      said.add(step(5, 0, Direction.DOWN, STEP));
    }

    assertThat(said).containsExactly(null, null, Phase.ENDED, Phase.STARTED);
  }

  @Test
  void aDeviationLongAfterTheEndIsANewFinding() {
    said(5, 5, 0, 0, 0);
    time += 300_001;

    assertThat(said(2)).containsExactly(Phase.STARTED);
    assertThat(episode.onset(state)).isEqualTo(time);
    assertThat(episode.peak(state)).isLessThan(1);
  }

  @Test
  void aFindingThatWasNeverConfirmedIsNotResumed() {
    said(0.7, 0);

    assertThat(said(0.7)).containsExactly(Phase.STARTED);
    assertThat(episode.onset(state)).isEqualTo(time);
  }

  @Test
  void aFindingThatLastsIsTheNewNormalInTheEnd() {
    said(5, 5);
    long onset = time - STEP;
    while (time < onset + HOUR) {
      assertThat(said(5)).doesNotContain(Phase.ENDED);
    }
    assertThat(said(5)).containsExactly(Phase.ENDED);
    assertThat(episode.learningWeight(state)).isEqualTo(1);
  }

  @Test
  void theWayBackFromANewNormalIsNoNewsForSomeHours() {
    becomeNormal(200);
    assertThat(step(5, EXPECTED, Direction.DOWN, STEP)).isNull();
    assertThat(step(5, EXPECTED + 40, Direction.DOWN, STEP)).isNull();
    assertThat(step(5, EXPECTED - 100, Direction.DOWN, STEP)).isEqualTo(Phase.STARTED);
    step(0, 200, Direction.UP, STEP);

    time += EpisodeSettings.DEFAULTS.rebaseSymptom().toMillis();
    assertThat(step(5, EXPECTED, Direction.DOWN, STEP)).isEqualTo(Phase.STARTED);
  }

  @Test
  void aNewNormalIsNotResumed() {
    becomeNormal(200);

    assertThat(step(5, 400, Direction.UP, STEP)).isEqualTo(Phase.STARTED);
    assertThat(episode.onset(state)).isEqualTo(time);
  }

  @Test
  void aSeriesThatStandsStillIsNeverTheNewNormal() {
    for (int i = 0; i < 1000; i++) {
      time += STEP;
      verdict.set(5, 5, EXPECTED, 0);
      verdict.since(START, Direction.DOWN);
      assertThat(episode.step(state, time, EXPECTED, verdict, true, STEP, HOUR))
          .isNotEqualTo(Phase.ENDED);
    }
    assertThat(said(0.1, 0.1, 0.1)).containsExactly(null, null, Phase.ENDED);
  }

  @Test
  void whatIsNoNewsBeginsNothing() {
    verdict.set(0, 5, EXPECTED, 0);
    assertThat(episode.step(state, time += STEP, 200, verdict, true, STEP, HOUR)).isNull();
    assertThat(episode.active(state)).isFalse();
  }

  @Test
  void aSideThatDoesNotMatterSaysNothing() {
    verdict.set(5, 5, EXPECTED, 0);
    assertThat(episode.step(state, time += STEP, 200, verdict, false, STEP, HOUR)).isNull();
  }

  @Test
  void howOftenTheLikeWasSeenBeforeIsCounted() {
    for (int times = 0; times < 3; times++) {
      said(5, 5);
      assertThat(episode.seen(state)).isEqualTo(times);
      said(0, 0, 0);
      time += HOUR;
    }
    step(5, EXPECTED + 10_000, Direction.UP, STEP);
    step(5, EXPECTED + 10_000, Direction.UP, STEP);
    assertThat(episode.seen(state)).isZero();
  }

  @Test
  void whatIsResumedIsNotCountedAgain() {
    said(5, 5, 0, 0, 0);
    time += 200_000;
    said(5, 5);
    assertThat(episode.onset(state)).isEqualTo(START + STEP);
    assertThat(episode.seen(state)).isZero();
    said(0, 0, 0);
    time += HOUR;
    said(5, 5);
    assertThat(episode.seen(state)).isEqualTo(1);
  }

  @Test
  void aSeriesThatIsGoneEndsItsFindingOnce() {
    said(5, 5);

    assertThat(episode.end(state, time + STEP)).isTrue();
    assertThat(episode.end(state, time + 2 * STEP)).isFalse();
    assertThat(episode.score()).isZero();
  }

  @Test
  void allIsInTheRowAndNothingInTheEpisode() {
    said(5, 5);
    Episode other = new Episode(EpisodeSettings.DEFAULTS, Episode.ROW_BYTES);

    verdict.set(9, 9, EXPECTED, 0);
    assertThat(other.step(state, time + STEP, EXPECTED * 10, verdict, true, STEP, HOUR))
        .isEqualTo(Phase.CONTINUES);
    assertThat(other.peak(state)).isEqualTo(9);
    assertThat(other.onset(state)).isEqualTo(START + STEP);
  }

  @Test
  void theLongestCountDoesNotOverflow() {
    Episode patient = new Episode(settings(100), Episode.ROW_BYTES);
    for (int i = 0; i < 2; i++) {
      time += STEP;
      verdict.set(5, 5, EXPECTED, 0);
      verdict.since(time, Direction.UP);
      patient.step(state, time, 200, verdict, true, STEP, HOUR);
    }
    int quiet = 1;
    verdict.clear();
    while (patient.step(state, time += STEP, EXPECTED, verdict, true, STEP, HOUR) != Phase.ENDED) {
      quiet++;
    }
    assertThat(quiet).isEqualTo(100);
    assertThatThrownBy(() -> settings(101)).hasMessageContaining("from 1 to 100");
  }

  /** Lasts so long that it is the new normal. */
  private void becomeNormal(double value) {
    step(5, value, Direction.UP, STEP);
    while (episode.active(state)) {
      step(5, value, Direction.UP, STEP);
    }
  }

  private static EpisodeSettings settings(int endSamples) {
    EpisodeSettings shipped = EpisodeSettings.DEFAULTS;
    return new EpisodeSettings(
        shipped.weak(),
        shipped.over(),
        shipped.confirmWithin(),
        shipped.second(),
        shipped.near(),
        shipped.sure(),
        shipped.lone(),
        shipped.hold(),
        endSamples,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        Duration.ofHours(12));
  }

  /** What is said of values that deviate in proportion to these scores. */
  private List<@Nullable Phase> said(double... scores) {
    List<@Nullable Phase> said = new ArrayList<>();
    for (double score : scores) {
      said.add(step(score, EXPECTED * (1 + score), Direction.UP, STEP));
    }
    return said;
  }

  private @Nullable Phase step(double score, double value, Direction direction, long interval) {
    time += STEP;
    verdict.set(score, score, EXPECTED, 0);
    verdict.since(time, direction);
    return episode.step(state, time, value, verdict, true, (double) interval, HOUR);
  }

  private static Row row() {
    RowPages rows = new RowPages(Episode.ROW_BYTES + Episode.HOLD_BYTES);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
