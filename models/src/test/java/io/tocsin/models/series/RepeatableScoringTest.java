// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same input gives the same findings, however it is cut, mixed, copied and restored. */
class RepeatableScoringTest {
  private static final int SCRAPES = 320;

  private final Traffic traffic = new Traffic(1);
  private final List<Traffic.Event> events = traffic.events(SCRAPES);

  @Test
  void theTrafficHoldsFindingsOfAllKindsOfSeries() {
    Shard shard = played(events);
    for (String metric : List.of("x", "x_total", "y_seconds:p95", "z_seconds:p95")) {
      assertThat(shard.findings)
          .anyMatch(finding -> finding.strong() && finding.labels().metric().equals(metric));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theOrderInWhichWorkloadsAreInterleavedDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<Traffic.Event> mixed = new ArrayList<>();
    int perChunk = 6;
    for (int scrape = 0; scrape < SCRAPES; scrape += perChunk) {
      Map<String, List<Traffic.Event>> byMetric = new TreeMap<>();
      long from = Shard.START + scrape * Traffic.STEP;
      for (Traffic.Event event : chunk(from, from + perChunk * Traffic.STEP)) {
        byMetric.computeIfAbsent(traffic.metric(event), any -> new ArrayList<>()).add(event);
      }
      List<List<Traffic.Event>> parts = new ArrayList<>(byMetric.values());
      Collections.shuffle(parts, random);
      parts.forEach(mixed::addAll);
    }
    assertThat(mixed).hasSameSizeAs(events);
    Shard shard = played(mixed);

    assertThat(sorted(shard.findings)).isEqualTo(sorted(played(events).findings));
    assertThat(shard.fates()).isEqualTo(played(events).fates());
  }

  /** A late sample belongs where it came in: right after the one that made it late. */
  private List<Traffic.Event> chunk(long from, long to) {
    List<Traffic.Event> chunk = new ArrayList<>();
    long scrape = Shard.START;
    int lastSeries = -1;
    for (Traffic.Event event : events) {
      if (event.series() <= lastSeries) {
        scrape += Traffic.STEP;
      }
      lastSeries = event.series();
      if (scrape >= from && scrape < to) {
        chunk.add(event);
      }
    }
    return chunk;
  }

  @Test
  void whatComesLaterChangesNothingThatWasSaid() {
    List<Finding> all = played(events).findings;
    for (int part = 1; part < 10; part++) {
      List<Finding> some = played(events.subList(0, events.size() * part / 10)).findings;
      assertThat(some).isEqualTo(all.subList(0, some.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 1500, 4000, 8000})
  void aRestartInTheMiddleIsNotNoticed(int at) throws IOException {
    Shard whole = played(events);
    Shard first = played(events.subList(0, at));
    Shard second = new Shard();
    second.table = second.read(first.bytes());
    traffic.play(events.subList(at, events.size()), second.scorer, second.table);
    first.findings.addAll(second.findings);

    assertThat(first.findings).isEqualTo(whole.findings);
    assertThat(second.bytes()).isEqualTo(whole.bytes());
  }

  @Test
  void restartsBetweenSweepsAndExpiriesAreNotNoticedEither() throws IOException {
    Shard whole = new Shard();
    Shard restarted = new Shard();
    List<Traffic.Event> fewer = events.subList(0, events.size() / 2);
    traffic.play(fewer, whole.scorer, whole.table);
    traffic.play(fewer, restarted.scorer, restarted.table);
    long end = Shard.START + SCRAPES * Traffic.STEP;
    for (long time = end; time < end + 30 * 3_600_000L; time += 3 * SeriesScorer.SWEEP_MILLIS) {
      restarted.restore();
      whole.scorer.sweep(whole.table, time);
      restarted.scorer.sweep(restarted.table, time);
      assertThat(restarted.bytes()).isEqualTo(whole.bytes());
    }
    assertThat(restarted.findings).isEqualTo(whole.findings);
    assertThat(whole.table.size()).isZero();
    assertThat(whole.table.scored.size()).isZero();
    assertThat(whole.table.nativeSeries).isEmpty();
    assertThat(whole.table.histograms.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatHappensToACopyIsNotNoticedByTheOriginal(long seed) {
    Random random = new Random(seed);
    Shard alone = new Shard();
    Shard copied = new Shard();
    Shard other = new Shard();
    SeriesTable snapshot = copied.table.copy();
    byte[] snapshotBytes = Shard.bytes(snapshot);
    for (int i = 0; i < events.size(); i++) {
      traffic.play(events.get(i), alone.scorer, alone.table);
      traffic.play(events.get(i), copied.scorer, copied.table);
      if (random.nextInt(400) == 0) {
        // As the heap backend does it: the snapshot is the old table, the job goes on with a copy.
        assertThat(Shard.bytes(snapshot)).isEqualTo(snapshotBytes);
        snapshot = copied.table;
        snapshotBytes = Shard.bytes(snapshot);
        copied.table = snapshot.copy();
        mutate(snapshot.copy(), other, random.nextInt(events.size()));
      }
    }
    assertThat(copied.bytes()).isEqualTo(alone.bytes());
    assertThat(copied.findings).isEqualTo(alone.findings);
    assertThat(Shard.bytes(snapshot)).isEqualTo(snapshotBytes);
  }

  private void mutate(SeriesTable table, Shard other, int from) {
    traffic.play(events.subList(from, Math.min(events.size(), from + 200)), other.scorer, table);
    other.scorer.sweep(table, Shard.START + 1000 * 3_600_000L);
    traffic.play(events.subList(0, 200), other.scorer, table);
  }

  private Shard played(List<Traffic.Event> some) {
    Shard shard = new Shard();
    traffic.play(some, shard.scorer, shard.table);
    return shard;
  }

  private static List<String> sorted(List<Finding> findings) {
    return findings.stream().map(Finding::toString).sorted().toList();
  }
}
