// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import static io.tocsin.connectors.alertmanager.Alerts.firing;
import static io.tocsin.connectors.alertmanager.Alerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Alert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBoardTest {
  private static final long NOW = Alerts.STARTS;
  private static final long MINUTE = 60_000;

  private final AlertBoard board = new AlertBoard(DispatchSettings.DEFAULTS);

  @Test
  void aChangeIsDueAtOnceAndARepetitionAfterTheInterval() {
    board.offer(firing("a"), NOW);
    assertThat(board.due(NOW)).containsExactly(firing("a"));
    board.delivered(List.of(firing("a")), NOW);
    board.offer(firing("a"), NOW + 1);
    assertThat(board.due(NOW + 1)).isEmpty();
    assertThat(board.due(NOW + MINUTE)).hasSize(1);
    board.offer(firing("a", "worse"), NOW + 2);
    assertThat(board.due(NOW + 2)).containsExactly(firing("a", "worse"));
  }

  @Test
  void whatChangesWhileItIsSentIsSentAgain() {
    board.offer(firing("a"), NOW);
    List<Alert> sent = board.due(NOW);
    board.offer(resolved("a", NOW), NOW + 1);
    board.delivered(sent, NOW + 2);
    assertThat(board.due(NOW + 2)).containsExactly(resolved("a", NOW));
  }

  @Test
  void onlyTheLatestStateWaits() {
    for (int i = 0; i < 100; i++) {
      board.offer(firing("a", "version " + i), NOW + i);
    }
    assertThat(board.due(NOW + 100)).containsExactly(firing("a", "version 99"));
  }

  @Test
  void aFiringAlertThatNobodyRenewsIsLetGo() {
    board.offer(firing("a"), NOW);
    assertThat(board.due(NOW + 4 * MINUTE)).hasSize(1);
    assertThat(board.due(NOW + 4 * MINUTE + 1)).isEmpty();
    assertThat(board.size()).isZero();
  }

  @Test
  void aResolvedAlertIsRepeatedForItsRetention() {
    board.offer(firing("a"), NOW);
    board.offer(resolved("a", NOW + 1), NOW + 10 * MINUTE);
    assertThat(board.due(NOW + 25 * MINUTE)).containsExactly(resolved("a", NOW + 1));
    assertThat(board.due(NOW + 25 * MINUTE + 1)).isEmpty();
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    Duration second = Duration.ofSeconds(1);
    AlertBoard small =
        new AlertBoard(new DispatchSettings(second, second, second, second, second, 2, 2));
    assertThat(small.offer(firing("a"), NOW)).isNull();
    assertThat(small.offer(firing("b"), NOW)).isNull();
    assertThat(small.offer(firing("c"), NOW)).isEqualTo(firing("a"));
    assertThat(small.due(NOW)).containsExactly(firing("b"), firing("c"));
  }

  @Test
  void suspectsOfARefusalGoAloneAndTheRefusedOneRests() {
    List<Alert> batch = List.of(firing("a"), firing("poison"), firing("b"));
    batch.forEach(alert -> board.offer(alert, NOW));
    board.isolate(batch);
    assertThat(board.due(NOW)).containsExactly(firing("a"));
    board.delivered(List.of(firing("a")), NOW);
    assertThat(board.due(NOW)).containsExactly(firing("poison"));
    board.reject(firing("poison"), NOW);
    assertThat(board.due(NOW)).containsExactly(firing("b"));
    board.delivered(List.of(firing("b")), NOW);
    board.offer(firing("poison"), NOW + 1);
    assertThat(board.due(NOW + 1)).isEmpty();
    board.offer(firing("poison", "changed"), NOW + 2);
    assertThat(board.due(NOW + 2)).containsExactly(firing("poison", "changed"));
  }
}
