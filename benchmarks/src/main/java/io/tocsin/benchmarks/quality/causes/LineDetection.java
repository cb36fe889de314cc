// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.connectors.logs.LogDecoder;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.logs.LogRejection;
import io.tocsin.connectors.logs.LogSink;
import io.tocsin.jobs.logs.LogsSettings;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.logs.CountedPatterns;
import io.tocsin.models.logs.LogListener;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.logs.LogScorer;
import io.tocsin.models.logs.LogTable;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Has the models of the logs job watch the lines of a failure as a stream, read as the job reads
 * them. What a service's counts do together is left out, as is a service's budget of alarms: of
 * lines nobody is asked when they were noticed.
 */
final class LineDetection implements LogListener, LogSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LogDecoder decoder = LogDecoder.of(LogInputSettings.of("lines", LogFormat.JSON));
  private final LogScorer scorer;
  private final LogTable table;
  private final FailureCase failure;
  private final CaseFindings findings;

  private LineDetection(FailureCase failure, CaseFindings findings) {
    this.failure = failure;
    this.findings = findings;
    LogsSettings settings = LogsSettings.DEFAULTS;
    scorer =
        new LogScorer(
            settings.lines(),
            settings.patterns(),
            new LogScorer.Scoring(
                settings.series(),
                settings.episodes(),
                new BandDetector(settings.band()),
                CountedPatterns.NONE),
            this);
    table = scorer.newTable();
    scorer.adopt(table);
  }

  /** Watches a failure to its end, and tells what it finds. */
  static void watch(FailureCase failure, CaseFindings findings) {
    if (!failure.lines().isEmpty()) {
      new LineDetection(failure, findings).watch();
    }
  }

  private void watch() {
    long closing = scorer.closingOf(failure.lines().get(0).time());
    for (CaseLine each : failure.lines()) {
      closing = close(closing, Math.min(each.time(), failure.until()));
      if (each.time() < failure.until()) {
        byte[] record = record(each);
        decoder.decode(record, 0, record.length, each.time(), this);
      }
    }
    long unused = close(closing, failure.until());
  }

  private long close(long from, long until) {
    long closing = from;
    while (closing <= until) {
      boolean unused = scorer.close(table, closing);
      closing = scorer.closingAfter(closing);
    }
    return closing;
  }

  private static byte[] record(CaseLine line) {
    Map<String, Object> fields =
        Map.of(
            "timestamp", line.time(),
            "namespace", line.entity().namespace(),
            "service", line.entity().service(),
            "message", line.text());
    try {
      return JSON.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void line(LogLine line) {
    scorer.line(table, line);
  }

  @Override
  public void flawed(LogRejection reason) {}

  @Override
  public void rejected(LogRejection reason, int from, int to) {}

  @Override
  public void deviation(Finding finding) {
    findings.take(finding);
  }

  @Override
  public void novelty(Finding finding) {
    findings.take(finding);
  }

  @Override
  public void judged(Judged judged) {}

  @Override
  public void pattern(LogPattern pattern) {}

  @Override
  public void counted(Labels labels, long time, long lines) {}
}
