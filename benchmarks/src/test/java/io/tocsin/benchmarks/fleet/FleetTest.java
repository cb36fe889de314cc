// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FleetTest {
  private static final FleetSettings SETTINGS = FleetSettings.of(2000);
  private static final long START = 1_700_000_000_000L;
  private static final Schedule SCHEDULE = new Schedule(12, 40, 15_000, 20, 1);

  private record Sent(int sender, long time, int bodyHash) {}

  @Test
  void theSameSeedGivesTheSameBodies() {
    assertThat(scrapes(2)).isEqualTo(scrapes(2));
  }

  @Test
  void theBodiesOfAScrapeAreSpreadOverItsInterval() {
    Fleet fleet = fleet(new FleetSettings(2000, 8, 50, SETTINGS.protocol(), 0.001, 42));
    List<Sent> sent = new ArrayList<>();

    fleet.send(12, (sender, time, body) -> sent.add(new Sent(sender, time, Arrays.hashCode(body))));

    assertThat(sent).hasSize(40);
    assertThat(sent.get(39).time() - sent.get(0).time()).isEqualTo(12_000);
  }

  @Test
  void seriesGoUpWithTheirScrape() {
    Fleet fleet = fleet(SETTINGS);
    for (int scrape = 0; scrape < 20; scrape++) {
      fleet.send(scrape, (sender, time, body) -> {});
    }
    assertThat(fleet.broken()).isEmpty();

    fleet.send(20, (sender, time, body) -> {});

    assertThat(fleet.broken()).hasSize(fleet.brokenSeries()).isNotEmpty();
    long time = START + SCHEDULE.offsetOf(20);
    assertThat(fleet.broken().values()).allMatch(since -> since >= time);
  }

  @Test
  void seriesAreHoursOldAfterAFewScrapes() {
    Schedule schedule = Schedule.minutes(5);

    assertThat(schedule.offsetOf(12)).isEqualTo(3 * 3_600_000L);
    assertThat(schedule.offsetOf(13) - schedule.offsetOf(12)).isEqualTo(15_000);
    assertThat(schedule.intervalsBefore(12)).isEqualTo(60);
    assertThat(schedule.intervalsBefore(13)).isEqualTo(1);
    assertThat(schedule.scrapes()).isEqualTo(32);
  }

  private static Fleet fleet(FleetSettings settings) {
    return new Fleet(settings, SCHEDULE, START);
  }

  private static List<Sent> scrapes(int count) {
    List<Sent> sent = new ArrayList<>();
    Fleet fleet = fleet(SETTINGS);
    for (int scrape = 0; scrape < count; scrape++) {
      fleet.send(
          scrape, (sender, time, body) -> sent.add(new Sent(sender, time, Arrays.hashCode(body))));
    }
    return sent;
  }
}
