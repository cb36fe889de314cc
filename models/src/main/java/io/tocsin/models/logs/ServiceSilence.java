// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.logs.LogEpisode.Closing;
import io.tocsin.models.logs.LogEpisode.Said;
import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Labels;

/**
 * Says that a service logs nothing at all: for five times as long as it ever did, and not less than
 * two minutes. By arrival, so that a shipper that sends in batches is no silence.
 */
final class ServiceSilence {
  static final String SILENT = "silent-service";

  private static final double LONGEST_GAPS = 5;
  private static final double LEAST_MILLIS = 120_000;

  /** Intervals with lines, before which the longest gap says little. */
  private static final int REGULAR = 120;

  private final LogEpisode episode;
  private final double seconds;
  private final Row row = new Row();

  /**
   * @param seconds in an interval
   */
  ServiceSilence(LogEpisode episode, double seconds) {
    this.episode = episode;
    this.seconds = seconds;
  }

  /** Takes in an interval. */
  void close(LogTable table, ServiceLogs service, Closing closing) {
    double score = score(service, closing.arrival());
    if (service.silenceRow == PatternLogs.NO_ROW) {
      if (!episode.begins(score)) {
        return;
      }
      service.silenceRow = table.findings.add();
    }
    table.findings.read(service.silenceRow, row);
    episode.step(row, labels(service), said(service, score), closing, () -> Shown.of(service));
  }

  /** The service is to be forgotten. */
  void end(LogTable table, ServiceLogs service, Closing closing) {
    if (service.silenceRow != PatternLogs.NO_ROW) {
      table.findings.read(service.silenceRow, row);
      episode.end(row, labels(service), said(service, 0), closing, () -> Shown.of(service));
      table.findings.remove(service.silenceRow);
    }
  }

  private static double score(ServiceLogs service, long arrival) {
    if (service.intervals < REGULAR) {
      return 0;
    }
    double silent = arrival - service.last;
    double score = silent / Math.max(LEAST_MILLIS, LONGEST_GAPS * service.longestGap);
    return score < 1 ? 0 : Math.min(score, Verdict.MAX_SCORE);
  }

  private Said said(ServiceLogs service, double score) {
    double usual = service.logs.values().stream().mapToDouble(each -> each.usual).sum();
    return new Said(SILENT, Direction.DOWN, score, service.last, 0, usual / seconds);
  }

  private static Labels labels(ServiceLogs service) {
    return LogSeries.ofService(LogSeries.SERVICE_LINES, service.entity);
  }
}
