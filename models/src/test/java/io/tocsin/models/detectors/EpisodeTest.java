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

  private final Episode episode = new Episode(EpisodeSettings.DEFAULTS);
  private final Row state = row();
  private long time = START;

  @Test
  void ordinaryScoresSayNothing() {
    assertThat(said(0, 0.2, 0.49, 0)).containsOnlyNulls();
    assertThat(episode.active(state)).isFalse();
    assertThat(episode.learningWeight(state, time)).isEqualTo(1);
  }

  @Test
  void aLoneDeviationIsWeakHoweverLarge() {
    assertThat(said(20)).containsExactly(Phase.STARTED);
    assertThat(episode.score()).isLessThan(1);
    assertThat(said(0)).containsExactly(Phase.ENDED);
    assertThat(episode.peak(state)).isLessThan(1);
  }

  @Test
  void theSecondDeviationInARowConfirmsAndTheOnsetIsTheFirst() {
    assertThat(said(3, 4)).containsExactly(Phase.STARTED, Phase.CONTINUES);
    assertThat(episode.score()).isEqualTo(4);
    assertThat(episode.peak(state)).isEqualTo(4);
    assertThat(episode.onset(state)).isEqualTo(START + STEP);
    assertThat(episode.learningWeight(state, time)).isEqualTo(0.1);
  }

  @Test
  void deviationsThatDoNotFollowEachOtherDoNotConfirm() {
    said(3, 0.6, 3, 0.6, 3, 0.6);

    assertThat(episode.active(state)).isTrue();
    assertThat(episode.peak(state)).isLessThan(1);
    assertThat(episode.learningWeight(state, time)).isEqualTo(0.5);
  }

  @Test
  void aConfirmedFindingLastsWhileTheScoreIsAboveTheLowerThreshold() {
    said(2, 2);

    assertThat(said(0.4, 0.36, 0.4)).containsExactly(null, Phase.CONTINUES, null);
    assertThat(episode.active(state)).isTrue();
    assertThat(episode.score()).isEqualTo(0.4);
  }

  @Test
  void aConfirmedFindingEndsAfterSomeQuietValuesInARow() {
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

    assertThat(episode.step(state, time + STEP, 5, Direction.DOWN)).isEqualTo(Phase.STARTED);
    assertThat(episode.onset(state)).isEqualTo(time + STEP);
    assertThat(episode.direction(state)).isEqualTo(Direction.DOWN);
  }

  @Test
  void aFlipToTheOtherSideEndsAConfirmedFindingFirst() {
    said(5, 5);
    List<@Nullable Phase> said = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      said.add(episode.step(state, time + i * STEP, 5, Direction.DOWN));
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
  void aFindingThatLastsIsLearnedAsTheNewNormal() {
    said(5, 5);
    assertThat(episode.learningWeight(state, START + STEP + 3_600_000)).isEqualTo(0.1);
    assertThat(episode.learningWeight(state, START + STEP + 3_600_001)).isEqualTo(1);
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
    Row other = row();
    said(5, 5);
    episode.step(other, time, 0, Direction.UP);

    assertThat(episode.active(other)).isFalse();
    assertThat(new Episode(EpisodeSettings.DEFAULTS).step(state, time + STEP, 9, Direction.UP))
        .isEqualTo(Phase.CONTINUES);
  }

  @Test
  void theLongestCountsDoNotOverflow() {
    EpisodeSettings longest = settings(100, 100);
    Episode patient = new Episode(longest);
    for (int i = 0; i < 150; i++) {
      patient.step(state, time += STEP, 5, Direction.UP);
    }
    assertThat(patient.peak(state)).isEqualTo(5);
    int quiet = 1;
    while (patient.step(state, time += STEP, 0, Direction.UP) != Phase.ENDED) {
      quiet++;
    }
    assertThat(quiet).isEqualTo(100);
    assertThatThrownBy(() -> settings(101, 1)).hasMessageContaining("from 1 to 100");
    assertThatThrownBy(() -> settings(1, 101)).hasMessageContaining("from 1 to 100");
  }

  private static EpisodeSettings settings(int confirmSamples, int endSamples) {
    return new EpisodeSettings(
        0.5,
        0.35,
        confirmSamples,
        endSamples,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofHours(1));
  }

  private List<@Nullable Phase> said(double... scores) {
    List<@Nullable Phase> said = new ArrayList<>();
    for (double score : scores) {
      time += STEP;
      said.add(episode.step(state, time, score, Direction.UP));
    }
    return said;
  }

  private static Row row() {
    RowPages rows = new RowPages(Episode.ROW_BYTES);
    Row row = new Row();
    rows.read(rows.add(), row);
    return row;
  }
}
