// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoriesTest {
  private static final Evidence ERRORS = Shown.errors("http_requests_total", "symptom");
  private static final long HASH = SeriesHash.of(ERRORS.labels());

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aCounterIsShownAsTheRateThatWasJudged(Protocol protocol) {
    SeriesPicker picker = new SeriesPicker(List.of(ERRORS));
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    byte[] labels = RemoteWriteEncoder.encodeLabels(ERRORS.labels());
    byte[] other = RemoteWriteEncoder.encodeLabels(Labels.of("__name__", "up"));
    double[] counter = {100, 130, 160, 7, 22};
    for (int i = 0; i < counter.length; i++) {
      encoder.sample(labels, 15_000L * i, counter[i]);
      encoder.sample(other, 15_000L * i, 1);
    }
    picker.take(encoder.finish(), protocol);
    picker.take("not a body".getBytes(StandardCharsets.UTF_8), protocol);

    List<Trail.Point> points = picker.picked().get(HASH);
    assertThat(points).extracting(Trail.Point::time).containsExactly(15_000L, 30_000L, 60_000L);
    assertThat(points).extracting(Trail.Point::observed).containsExactly(2.0, 2.0, 1.0);
  }

  @Test
  void whatWasSaidOfAFindingStandsBeforeWhatWasMeasured() {
    Trail trail = new Trail();
    trail.take(Shown.value("symptom", 15, 7).finding());
    List<Trail.Point> measured =
        List.of(
            Trail.Point.observed(Shown.ONSET - 15_000, 1),
            Trail.Point.observed(Shown.ONSET + 15_000, 6));

    List<Trail.Point> merged = Trail.merged(trail.points(), measured);

    assertThat(merged).extracting(Trail.Point::observed).containsExactly(1.0, 7.0);
    assertThat(ChartData.of(ERRORS, merged)).contains("\"upper\":[null,1.2]");
  }

  @Test
  void anIncidentIsReadOnceWhileNothingCanHaveChanged() {
    AtomicInteger reads = new AtomicInteger();
    Incident over = Shown.incident(Shown.ID, Transition.RESOLVED, 3);
    try (Histories histories =
        new Histories(
            (wanted, from, to) -> {
              reads.incrementAndGet();
              return Map.of(HASH, List.of(Trail.Point.observed(from, 1)));
            })) {
      histories.want(over, Shown.ONSET + 700_000);
      await().until(() -> !histories.of(over, ERRORS).isEmpty());
      histories.want(over, Shown.ONSET + 900_000);
      histories.want(over, Shown.ONSET + 9_000_000);

      assertThat(histories.of(over, ERRORS).get(0).time()).isEqualTo(Shown.ONSET - 900_000);
      assertThat(reads).hasValue(1);
    }
  }
}
