// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.logs.LogDecoder;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.logs.LogRejection;
import io.tocsin.connectors.logs.LogSink;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.logs.LineBatch;
import io.tocsin.jobs.logs.LineBatchReader;
import io.tocsin.jobs.logs.LineBatchWriter;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.logs.CountedPatterns;
import io.tocsin.models.logs.LogListener;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.logs.LogScorer;
import io.tocsin.models.logs.LogSettings;
import io.tocsin.models.logs.LogTable;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The parts of the way of a line, over the log of the simulated shop. */
final class LogPath {
  private static final long START = 1_790_000_010_000L;
  private static final long STEP = 15_000;
  private static final int STAMP = "{\"@timestamp\":".length();
  private static final int BATCH_BYTES = 64 << 10;

  private final List<byte[]> records = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final LogDecoder decoder =
      LogDecoder.of(LogInputSettings.of(Topic.LOGS.topicName(), LogFormat.FLUENT_BIT));
  private final Told told = new Told();
  private long bytes;

  private LogPath() {}

  /**
   * The log of a shop whose time passes faster.
   *
   * @param faster so many times as many lines come in a second
   */
  static LogPath ofShop(int minutes, int faster) {
    LogPath path = new LogPath();
    Shop shop = new Shop(1, START);
    for (long time = START + STEP; time <= START + minutes * 60_000L; time += STEP) {
      shop.advance(time, List.of());
      shop.log(STEP / 1000.0, List.of(), (pod, json, at) -> path.add(json, at, faster));
    }
    return path;
  }

  /** The record begins with its time, which always has as many digits. */
  private void add(String json, long at, int faster) {
    long time = START + (at - START) / faster;
    String stamp = String.format(Locale.ROOT, "%d.%03d", time / 1000, time % 1000);
    String record = json.substring(0, STAMP) + stamp + json.substring(STAMP + stamp.length());
    byte[] utf8 = record.getBytes(StandardCharsets.UTF_8);
    records.add(utf8);
    times.add(time);
    bytes += utf8.length;
  }

  long lines() {
    return records.size();
  }

  double bytesPerLine() {
    return (double) bytes / records.size();
  }

  /** How many patterns the last whole pass found. */
  int patterns() {
    return told.patterns;
  }

  /** Decodes only; gives the number of lines. */
  long decode() {
    long[] lines = {0};
    decode(line -> lines[0]++);
    return lines[0];
  }

  /** Decodes and gathers batches. */
  long batch() {
    long[] lines = {0};
    batches(
        batch -> {
          LineBatchReader reader = new LineBatchReader(batch);
          while (reader.next()) {
            lines[0]++;
          }
        });
    return lines[0];
  }

  /** The whole way, with a table that has seen nothing. */
  long whole() {
    LogScorer.Scoring scoring =
        new LogScorer.Scoring(
            SeriesSettings.DEFAULTS,
            EpisodeSettings.DEFAULTS,
            new BandDetector(BandSettings.DEFAULTS),
            CountedPatterns.DEFAULTS);
    LogScorer scorer = new LogScorer(LogSettings.DEFAULTS, PatternSettings.DEFAULTS, scoring, told);
    LogTable table = scorer.newTable();
    scorer.adopt(table);
    told.patterns = 0;
    long[] closing = {scorer.closingOf(times.get(0))};
    batches(batch -> score(batch, scorer, table, closing));
    scorer.close(table, closing[0] + LogSettings.DEFAULTS.interval().toMillis());
    long[] counted = {0};
    scorer.counts().drainTo((fate, lines) -> counted[0] += lines);
    return counted[0];
  }

  private static void score(LineBatch batch, LogScorer scorer, LogTable table, long[] closing) {
    LineBatchReader reader = new LineBatchReader(batch);
    while (reader.next()) {
      while (reader.line().arrival() > closing[0]) {
        scorer.close(table, closing[0]);
        closing[0] = scorer.closingAfter(closing[0]);
      }
      scorer.line(table, reader.line());
    }
  }

  private void batches(Consumer<LineBatch> to) {
    LineBatchWriter writer = new LineBatchWriter(0);
    decode(
        line -> {
          writer.add(line);
          if (writer.length() >= BATCH_BYTES) {
            to.accept(writer.take());
          }
        });
    to.accept(writer.take());
  }

  private void decode(Consumer<LogLine> to) {
    Lines sink = new Lines(to);
    for (int i = 0; i < records.size(); i++) {
      byte[] record = records.get(i);
      decoder.decode(record, 0, record.length, times.get(i), sink);
    }
  }

  private record Lines(Consumer<LogLine> to) implements LogSink {
    @Override
    public void line(LogLine line) {
      to.accept(line);
    }

    @Override
    public void flawed(LogRejection reason) {}

    @Override
    public void rejected(LogRejection reason, int from, int until) {}
  }

  /** Takes what is said. */
  private static final class Told implements LogListener {
    private int patterns;

    @Override
    public void deviation(Finding finding) {}

    @Override
    public void novelty(Finding finding) {}

    @Override
    public void judged(Judged judged) {}

    @Override
    public void pattern(LogPattern pattern) {
      patterns++;
    }

    @Override
    public void counted(Labels labels, long time, long lines) {}
  }
}
