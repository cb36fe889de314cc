// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private static final long STEP = 60_000;

  /** The version of the table and, where it is not the first of that, the layout of its rows. */
  private static final String NOW = "2-rows-4";

  private static final List<String> EARLIER = List.of("1", "2", "2-rows-3");

  /**
   * Bytes that savepoints of a release hold. When this fails, the format or what is learned has
   * changed: raise {@link SeriesTable#VERSION} or the detector's layout, read the old ones still,
   * and add the new bytes beside the old ones.
   */
  @Test
  void theBytesOfThisVersionNeverChange() throws IOException {
    byte[] golden = golden(NOW);
    assertThat(HexFormat.of().formatHex(small().bytes()))
        .isEqualTo(HexFormat.of().formatHex(golden));
    assertThat(Shard.bytes(new Shard().read(golden))).isEqualTo(golden);
  }

  /** All that does not depend on how series are judged; the rest follows from the next samples. */
  @Test
  void aTableOfVersionOneKeepsItsSeriesAndWhenTheyWereSeen() throws IOException {
    Shard old = ofVersionOne();
    SeriesTable now = small().table;
    assertThat(old.table.layout()).isEqualTo(now.layout());
    assertThat(old.table.size()).isEqualTo(now.size());
    assertThat(old.table.scored.size()).isEqualTo(now.scored.size());
    assertThat(old.table.profiles.size()).isEqualTo(now.profiles.size());
    assertThat(old.table.nativeSeries).hasSameSizeAs(now.nativeSeries);
    assertThat(old.table.histograms.size()).isEqualTo(now.histograms.size());
    assertThat(old.table.kinds.size()).isEqualTo(now.kinds.size());
    Row before = new Row();
    Row after = new Row();
    for (int number = 0; number < now.scored.top(); number++) {
      old.table.scored.read(number, before);
      now.scored.read(number, after);
      assertThat(before.getLong(ScoredSeries.LAST_TIME))
          .isEqualTo(after.getLong(ScoredSeries.LAST_TIME));
      assertThat(before.getLong(ScoredSeries.LAST_ARRIVAL))
          .isEqualTo(after.getLong(ScoredSeries.LAST_ARRIVAL));
      assertThat(before.getFloat(ScoredSeries.INTERVAL))
          .isEqualTo(after.getFloat(ScoredSeries.INTERVAL));
    }
  }

  /** As when a checkpoint comes before the first batch after the restart. */
  @Test
  void aTableThatIsNotYetBroughtUpToDateCanBeWrittenAndReadAgain() throws IOException {
    Shard shard = new Shard();
    shard.table = shard.read(golden("1"));
    SeriesTable copy = shard.table.copy();
    shard.restore();
    assertThat(shard.bytes()).isEqualTo(ofVersionOne().bytes());
    assertThat(copy.layout()).isEqualTo(1);
  }

  @Test
  void aSeriesOfAnEarlierReleaseIsSilentWhereItGoesOnAndItsFaultIsFoundAtOnce() throws IOException {
    for (String version : EARLIER) {
      goOn(version, 0);
      goOn(version, 5000);
    }
  }

  private static void goOn(String version, double fault) throws IOException {
    Shard old = ofVersion(version);
    long time = Shard.START + 12 * STEP;
    Shard.Series gauge = old.series(Labels.NAME, "x", "job", "shop");
    for (int i = 0; i < 30; i++) {
      gauge.sample(time += STEP, 100 + i % 4 + (i == 5 || i == 6 ? fault : 0));
    }
    // That of the old table ends; of what is said, only a fault is one that deviates now.
    assertThat(old.findings.stream().anyMatch(finding -> finding.score() >= 1))
        .isEqualTo(fault > 0);
    // It may have lived for long, so it is remembered for as long as any.
    old.scorer.sweep(old.table, time + 15 * 24 * 3_600_000L);
    assertThat(old.table.size()).isZero();
    assertThat(old.table.scored.size()).isZero();
  }

  @Test
  void whatATableOfVersionOneHasLearnedGivesWayToNoHistory() throws IOException {
    Shard shard = new Shard();
    shard.table = shard.read(golden("1"));
    shard.scorer.adopt(shard.table);
    byte[] learned = shard.bytes();
    shard.scorer.history(true);
    shard.series(Labels.NAME, "x", "job", "shop").sample(Shard.START - 30 * 3_600_000L, 1);
    assertThat(shard.fate(SampleFate.LATE)).isEqualTo(1);
    assertThat(shard.bytes()).isEqualTo(learned);
  }

  @Test
  void whatWasReadBackKnowsAllThatWasWritten() throws IOException {
    Shard shard = small();
    SeriesTable read = shard.read(golden(NOW));
    assertThat(read.size()).isEqualTo(shard.table.size()).isEqualTo(10);
    assertThat(read.bytes()).isPositive();
    assertThat(read.scored.size()).isEqualTo(5);
    assertThat(read.profiles.size()).isEqualTo(1);
    assertThat(read.nativeSeries).hasSize(1);
    assertThat(read.histograms.size()).isEqualTo(1);
    assertThat(read.kinds.size()).isEqualTo(1);
    assertThat(shard.scorer.knows(read, SeriesHash.of(Labels.of(Labels.NAME, "late")))).isTrue();
  }

  @Test
  void aLaterVersionIsRefused() throws IOException {
    byte[] bytes = golden(NOW);
    bytes[3] = 9;
    assertThatThrownBy(() -> new Shard().read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9")
        .hasMessageContaining("up to " + SeriesTable.VERSION);
  }

  @Test
  void rowsOfALaterLayoutAreRefused() throws IOException {
    byte[] bytes = golden(NOW);
    bytes[7] = 99;
    Shard shard = new Shard();
    SeriesTable later = shard.read(bytes);
    assertThatThrownBy(() -> shard.scorer.adopt(later))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout 99")
        .hasMessageContaining("up to " + shard.table.layout());
  }

  @Test
  void bytesThatAreCutAreRefused() throws IOException {
    for (String version : List.of("1", "2", "2-rows-3", NOW)) {
      byte[] bytes = golden(version);
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
      assertThatThrownBy(() -> new Shard().read(cut)).isInstanceOf(IOException.class);
    }
  }

  /** A gauge with a profile and a finding, a counter, a histogram, and what else there is. */
  private static Shard small() {
    Shard shard = new Shard();
    Shard.Series gauge = shard.series(Labels.NAME, "x", "job", "shop");
    long time = Shard.START;
    for (int i = 0; i < 26; i++) {
      gauge.sample(time - (26 - i) * 3_600_000L, 100 + i % 4);
    }
    Shard.Series counter = shard.series(Labels.NAME, "x_total", "job", "shop");
    Shard.Series low = shard.series(Labels.NAME, "y_bucket", "le", "0.5");
    Shard.Series high = shard.series(Labels.NAME, "y_bucket", "le", "+Inf");
    for (int i = 0; i < 12; i++) {
      time += STEP;
      gauge.sample(time, i < 9 ? 101 : 500);
      counter.sample(time, 10 * i);
      high.sample(time, 30 * i);
      low.sample(time, i == 11 ? Double.NaN : 30 * i);
    }
    shard.series(Labels.NAME, "build_info", "version", "1").sample(time, 1);
    shard.series(Labels.NAME, "gone").stale(time);
    shard.series(Labels.NAME, "announced");
    shard.scorer.metadata(shard.table, "told", MetricKind.SUMMARY);
    shard.new Series(Labels.of(Labels.NAME, "told")).announce(MetricKind.INFO);
    Shard.Series histogram = shard.series(Labels.NAME, "z");
    shard.scorer.histogram(
        shard.table,
        histogram.hash,
        histogram.check,
        time,
        NativeSeriesTest.histogram(1, 2, 3),
        time);
    shard.series(Labels.NAME, "expired").sample(time - 25 * 3_600_000L, 1);
    shard.scorer.sweep(shard.table, time);
    shard.series(Labels.NAME, "late").sample(time, 1);
    return shard;
  }

  private static Shard ofVersionOne() throws IOException {
    return ofVersion("1");
  }

  private static Shard ofVersion(String version) throws IOException {
    Shard shard = new Shard();
    shard.table = shard.read(golden(version));
    shard.scorer.adopt(shard.table);
    return shard;
  }

  private static byte[] golden(String version) throws IOException {
    String file = "series-table-" + version + ".hex";
    try (InputStream in = SeriesTableTest.class.getResourceAsStream(file)) {
      String hex = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
