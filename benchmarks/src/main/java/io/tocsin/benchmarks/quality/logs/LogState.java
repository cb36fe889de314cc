// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.benchmarks.measure.Heap;
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
import io.tocsin.models.telemetry.LogSource;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the logs job keeps of all systems, each a service that logs its lines once an hour: the
 * miner's patterns, the series of their rates and of the service, samples, parameters and findings;
 * all of it divided by the patterns that stand.
 *
 * @param patterns of all systems
 * @param heapBytes of memory after garbage was collected, for each of them
 * @param checkpointBytes in a checkpoint, for each of them
 */
public record LogState(int patterns, double heapBytes, double checkpointBytes) {
  /** As many as it takes that what else lies on the heap does not matter. */
  private static final int SHARDS = 8;

  /** Long enough for all that a series ever gets. */
  private static final int HOURS = 4;

  private static final int HOUR_MILLIS = 3_600_000;
  private static final long START = 1_699_999_200_000L;

  /** Measures with the lines of these systems. */
  public static LogState of(List<LogSystem> systems) {
    List<Service> services = systems.stream().map(Service::of).toList();
    long before = Heap.used();
    List<LogTable> tables = new ArrayList<>();
    int patterns = 0;
    for (int i = 0; i < SHARDS; i++) {
      LogTable table = new Shard(services).play();
      tables.add(table);
      patterns += table.patterns();
    }
    double heap = Heap.used() - before;
    double checkpoint = tables.stream().mapToLong(LogState::checkpoint).sum();
    return new LogState(patterns / SHARDS, heap / patterns, checkpoint / patterns);
  }

  private static long checkpoint(LogTable table) {
    try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
      table.writeTo(out);
      return out.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Service(LogSource source, List<byte[]> lines) {
    static Service of(LogSystem system) {
      return new Service(
          LogSource.of("shop", system.name(), system.name() + "-0", ""),
          system.lines().stream()
              .map(line -> line.content().getBytes(StandardCharsets.UTF_8))
              .toList());
    }

    /** The first of its lines that is not written before this part of the hour. */
    int first(double partOfHour) {
      return (int) Math.ceil(partOfHour * lines.size());
    }
  }

  /** Plays the lines into one table. */
  private static final class Shard implements LogListener {
    private final List<Service> services;
    private final LogLine line = new LogLine();
    private final LogScorer scorer =
        new LogScorer(
            LogSettings.DEFAULTS,
            PatternSettings.DEFAULTS,
            new LogScorer.Scoring(
                SeriesSettings.DEFAULTS,
                EpisodeSettings.DEFAULTS,
                new BandDetector(BandSettings.DEFAULTS),
                CountedPatterns.DEFAULTS),
            this);
    private final LogTable table = scorer.newTable();

    Shard(List<Service> services) {
      this.services = services;
    }

    LogTable play() {
      long interval = LogSettings.DEFAULTS.interval().toMillis();
      long closing = scorer.closingOf(START);
      for (long from = START; from < START + (long) HOURS * HOUR_MILLIS; from += interval) {
        log(from, from + interval);
        while (closing <= from + interval) {
          boolean unused = scorer.close(table, closing);
          closing = scorer.closingAfter(closing);
        }
      }
      return table;
    }

    private void log(long from, long to) {
      long begin = Math.floorMod(from - START, HOUR_MILLIS);
      for (Service service : services) {
        int end = service.first((double) (begin + to - from) / HOUR_MILLIS);
        for (int i = service.first((double) begin / HOUR_MILLIS); i < end; i++) {
          long time = from - begin + (long) i * HOUR_MILLIS / service.lines().size();
          byte[] text = service.lines().get(i);
          line.setText(text, 0, text.length).setTime(time).setArrival(time);
          line.setSource(service.source(), service.source().hash());
          scorer.line(table, line);
        }
      }
    }

    @Override
    public void pattern(LogPattern pattern) {}

    @Override
    public void deviation(Finding finding) {}

    @Override
    public void novelty(Finding finding) {}

    @Override
    public void judged(Judged judged) {}

    @Override
    public void counted(Labels labels, long time, long lines) {}
  }
}
