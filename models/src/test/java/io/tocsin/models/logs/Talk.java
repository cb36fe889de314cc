// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service that logs, second by second, and what is said of it. */
final class Talk implements LogListener {
  static final long START = 1_790_000_010_000L;
  static final LogSource SHOP = LogSource.of("shop", "cart", "cart-0", "");

  final List<Finding> deviations = new ArrayList<>();
  final List<Finding> novelties = new ArrayList<>();
  final List<LogPattern> patterns = new ArrayList<>();

  /** Counts as they were told last. */
  final Map<Labels, Long> counted = new LinkedHashMap<>();

  private long countedAt;
  final Map<LineFate, Long> fates = new EnumMap<>(LineFate.class);
  long evicted;
  private final LogScorer scorer;
  private final LogLine line = new LogLine();
  LogTable table;
  private long now = START;
  private long closing;
  private long lag = 100;

  Talk() {
    this(LogSettings.DEFAULTS, PatternSettings.DEFAULTS);
  }

  Talk(LogSettings settings, PatternSettings mining) {
    this(settings, mining, CountedPatterns.DEFAULTS);
  }

  Talk(LogSettings settings, PatternSettings mining, CountedPatterns chosen) {
    LogScorer.Scoring scoring =
        new LogScorer.Scoring(
            SeriesSettings.DEFAULTS,
            EpisodeSettings.DEFAULTS,
            new BandDetector(BandSettings.DEFAULTS),
            chosen);
    scorer = new LogScorer(settings, mining, scoring, this);
    table = scorer.newTable();
    scorer.adopt(table);
    closing = scorer.closingOf(START);
  }

  /** From now on, lines arrive so long after they were written. */
  void lag(long millis) {
    lag = millis;
  }

  long now() {
    return now;
  }

  /** Something is logged in each second of these. */
  @FunctionalInterface
  interface Second {
    void log(int second);
  }

  void minutes(int minutes, Second each) {
    for (int second = 0; second < 60 * minutes; second++) {
      each.log(second);
      now += 1_000;
      while (now >= closing) {
        scorer.close(table, closing);
        closing = scorer.closingAfter(closing);
      }
    }
    scorer.counts().drainTo((fate, lines) -> fates.merge(fate, lines, Long::sum));
    evicted += scorer.takeEvicted();
  }

  void info(String text) {
    say(SHOP, Severity.INFO, text);
  }

  void error(String text) {
    say(SHOP, Severity.ERROR, text);
  }

  /** What is said from now on belongs to this trace. */
  void within(String trace) {
    byte[] bytes = trace.getBytes(StandardCharsets.UTF_8);
    line.setTrace(bytes, 0, bytes.length);
  }

  void say(LogSource source, Severity severity, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    line.setText(bytes, 0, bytes.length).setTime(now).setArrival(now + lag);
    line.setSource(source, source.hash()).setSeverity(severity);
    scorer.line(table, line);
  }

  List<Finding> strong(List<Finding> of, String detector) {
    return of.stream().filter(each -> each.strong() && each.detector().equals(detector)).toList();
  }

  /** Writes the state and goes on with what is read. */
  byte[] restore() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.writeTo(new DataOutputStream(bytes));
    table = LogTable.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    scorer.adopt(table);
    return bytes.toByteArray();
  }

  @Override
  public void deviation(Finding finding) {
    deviations.add(finding);
  }

  @Override
  public void novelty(Finding finding) {
    novelties.add(finding);
  }

  @Override
  public void judged(Judged judged) {}

  @Override
  public void pattern(LogPattern pattern) {
    patterns.add(pattern);
  }

  @Override
  public void counted(Labels labels, long time, long lines) {
    if (time > countedAt) {
      counted.clear();
      countedAt = time;
    }
    counted.put(labels, lines);
  }
}
