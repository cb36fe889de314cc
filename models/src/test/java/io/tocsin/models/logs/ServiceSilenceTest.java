// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceSilenceTest {
  private final Talk talk = new Talk();
  private final Random random = new Random(5);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20})
  void aServiceThatFallsSilentIsAFindingThatEndsWhenItLogsAgain(int every) {
    talk.minutes(120, second -> sometimes(second, every));
    assertThat(talk.strong(talk.novelties, ServiceSilence.SILENT)).isEmpty();
    long silent = talk.now();
    talk.minutes(5, second -> {});

    Finding found = talk.strong(talk.novelties, ServiceSilence.SILENT).get(0);
    assertThat(found.labels().metric()).isEqualTo(LogSeries.SERVICE_LINES);
    assertThat(found.labels().get(LogSeries.PATTERN)).isEmpty();
    assertThat(found.direction()).isEqualTo(Direction.DOWN);
    assertThat(found.onset()).isBetween(silent - 25_000, silent);
    assertThat(found.arrival()).isBetween(silent + 90_000, silent + 180_000);
    assertThat(found.observed()).isZero();
    assertThat(found.expected()).isBetween(0.5 / every, 1.5 / every);
    assertThat(Objects.requireNonNull(found.log()).sample()).startsWith("served item");

    talk.minutes(3, second -> sometimes(second, every));
    assertThat(talk.novelties.get(talk.novelties.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  private void sometimes(int second, int every) {
    if (second % every == 0) {
      talk.info("served item " + random.nextInt(10_000));
    }
  }

  @Test
  void aServiceThatLogsInBurstsIsNotSilentBetweenThem() {
    talk.minutes(
        360,
        second -> {
          if (second % 600 < 240) {
            sometimes(second, 1);
          }
        });

    assertThat(talk.strong(talk.novelties, ServiceSilence.SILENT)).isEmpty();
  }

  @Test
  void oneOutageDoesNotHideTheNext() {
    for (int outage = 0; outage < 2; outage++) {
      talk.minutes(60, second -> sometimes(second, 1));
      talk.minutes(9, second -> {});
    }

    Set<String> ids = new HashSet<>();
    talk.strong(talk.novelties, ServiceSilence.SILENT).forEach(each -> ids.add(each.id()));
    assertThat(ids).hasSize(2);
  }

  @Test
  void aServiceThatIsHardlyKnownIsNotMissed() {
    talk.minutes(20, second -> sometimes(second, 1));
    talk.minutes(9, second -> {});

    assertThat(talk.novelties).isEmpty();
  }

  @Test
  void aFindingEndsWhenItsServiceIsForgotten() {
    talk.minutes(60, second -> sometimes(second, 1));
    talk.minutes(25 * 60, second -> {});

    assertThat(talk.novelties.get(talk.novelties.size() - 1).phase()).isEqualTo(Phase.ENDED);
    assertThat(talk.table.findings.size()).isZero();
  }

  @Test
  void anOutageGoesOnAfterARestart() throws Exception {
    talk.minutes(60, second -> sometimes(second, 1));
    talk.minutes(4, second -> {});
    talk.restore();
    talk.minutes(2, second -> {});

    assertThat(talk.strong(talk.novelties, ServiceSilence.SILENT))
        .hasSizeGreaterThan(2)
        .extracting(Finding::id)
        .containsOnly(talk.novelties.get(0).id());
  }
}
