// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.logs.LogEpisode.Closing;
import io.tocsin.models.patterns.ParameterType;
import io.tocsin.models.patterns.Parameters;
import io.tocsin.models.patterns.PatternEvents;
import io.tocsin.models.patterns.PatternMiner;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.patterns.SecretMask;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.FateCounts;
import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines in, finds their patterns, counts them over intervals of their own time, and says what
 * is unusual about them when an interval is closed. Holds settings and cursors; what it learns lies
 * in the {@link LogTable} that each call names.
 *
 * <p>In which interval a line counts follows from its own time and arrival alone; so what is said
 * depends on the order of the lines of one service, and on nothing else. Not safe for several
 * threads.
 */
public final class LogScorer {
  /** In the place of a parameter that holds a secret. */
  private static final String HIDDEN = "<secret>";

  /** A service of which no line arrived for longer is not judged, and forgotten after a day. */
  static final long SILENCE_MILLIS = 600_000;

  private static final long FORGOTTEN_MILLIS = 86_400_000;

  private final LogSettings settings;
  private final Detector detector;
  private final PatternMiner miner;
  private final Novelty novelty;
  private final IntervalJudge judge;
  private final FateCounts<LineFate> counts = new FateCounts<>(LineFate.values());
  private final SecretMask secrets = new SecretMask();
  private final ShownLines lines = new ShownLines(secrets);
  private final long interval;
  private final long grace;
  private final long backlog;

  /** How long after its end an interval is closed: all its lines are there and complete. */
  private final long patience;

  private long evicted;

  /**
   * What becomes of counts.
   *
   * @param series how the series of rates are kept
   * @param episodes when a deviation is a finding
   * @param detector of rates
   * @param counted whose counts are told as well
   */
  public record Scoring(
      SeriesSettings series,
      EpisodeSettings episodes,
      Detector detector,
      CountedPatterns counted) {}

  /** A scorer that tells its listener what it finds. */
  public LogScorer(
      LogSettings settings, PatternSettings patterns, Scoring scoring, LogListener listener) {
    this.settings = settings;
    this.detector = scoring.detector();
    this.miner = new PatternMiner(patterns);
    this.novelty = new Novelty(settings);
    this.judge = new IntervalJudge(settings, scoring, listener);
    interval = settings.interval().toMillis();
    grace = settings.grace().toMillis();
    backlog = settings.backlog().toMillis();
    patience = grace + LogTable.JOINING.within().toMillis() + 1;
  }

  /** An empty table. */
  public static LogTable newTable(Detector detector) {
    return new LogTable(SeriesScorer.newTable(detector));
  }

  /** An empty table for this scorer. */
  public LogTable newTable() {
    return newTable(detector);
  }

  /**
   * Makes a table that was read one of this release; to be called before it is used.
   *
   * @throws IllegalStateException if it was written by a later release
   */
  public void adopt(LogTable table) {
    judge.adopt(table);
  }

  /** What became of the lines so far. */
  public FateCounts<LineFate> counts() {
    return counts;
  }

  /** How many patterns made room for new ones since this was asked last. */
  public long takeEvicted() {
    long taken = evicted;
    evicted = 0;
    return taken;
  }

  /** Takes in one line; it counts when it is known that no other goes on with it. */
  public void line(LogTable table, LogLine line) {
    table.joiner.add(line, complete -> whole(table, complete));
  }

  private void whole(LogTable table, LogLine line) {
    long arrival = line.arrival();
    ServiceLogs service = service(table, line.source());
    if (service == null) {
      counts.add(LineFate.REFUSED);
      return;
    }
    // Nobody writes a line after it was received.
    long written = Math.min(line.time(), arrival);
    service.arrived(arrival);
    long id = miner.learn(service.patterns, line.bytes(), line.from(), line.to(), written);
    PatternLogs pattern = patternOf(service, id, line, arrival);
    if (arrival - written > backlog) {
      counts.add(LineFate.LATE);
      pattern.learn(written);
      return;
    }
    // What arrives when its interval is closed already counts in the next one.
    long end = Math.max(intervalOf(written, arrival), table.closed + interval);
    counts.add(LineFate.COUNTED);
    service.levels[LogSeries.number(line.severity())].add(end, 1);
    count(pattern, line, written, end);
  }

  private void count(PatternLogs pattern, LogLine line, long written, long end) {
    if (pattern.count > 0 && written > pattern.last) {
      pattern.gap(written - pattern.last);
    }
    boolean first = pattern.line(written, end);
    boolean looked = pattern.parameters.wants();
    if (first || looked) {
      byte[] shown = lines.shown(line);
      // What came late is not the newest.
      if (first && written == pattern.last) {
        pattern.show(shown, lines.trace(line));
      }
    }
    if (looked) {
      values(pattern.parameters, line);
    }
  }

  /** Notes the parameters of the line that was learned and masked last. */
  private void values(ParameterMemory memory, LogLine line) {
    Parameters parameters = miner.parameters();
    memory.line();
    for (int i = 0; i < parameters.count(); i++) {
      int place = parameters.position(i);
      if (memory.wants(place, parameters.type(i) == ParameterType.NUMBER)) {
        int from = parameters.from(i);
        int to = parameters.to(i);
        // That it is a secret may be told by the words around it alone.
        String value =
            secrets.hid(from, to)
                ? HIDDEN
                : new String(line.bytes(), from, to - from, StandardCharsets.UTF_8);
        memory.value(place, value);
      }
    }
  }

  private @Nullable ServiceLogs service(LogTable table, LogSource source) {
    ServiceLogs service = table.services.get(source.hash());
    return service == null && table.size() < settings.maxServicesPerShard()
        ? table.add(source)
        : service;
  }

  /** The end of the interval in which a line counts. */
  private long intervalOf(long written, long arrival) {
    long at = arrival - written <= grace ? written : arrival - grace;
    return (Math.floorDiv(at, interval) + 1) * interval;
  }

  private PatternLogs patternOf(ServiceLogs service, long id, LogLine line, long arrival) {
    PatternLogs pattern = service.logs.get(id);
    if (pattern == null) {
      pattern = new PatternLogs(id, line.severity());
      service.logs.put(id, pattern);
      boolean error = LogSeries.isError(line.severity());
      long known = arrival - service.since;
      float digits = novelty.born(service.news, arrival, known);
      pattern.digits = error ? novelty.born(service.newErrors, arrival, known) : digits;
    }
    service.patterns.drain(events(service, pattern));
    return pattern;
  }

  private PatternEvents events(ServiceLogs service, PatternLogs current) {
    return new PatternEvents() {
      @Override
      public void founded(long id, long time) {}

      @Override
      public void merged(long from, long into, long time) {
        PatternLogs old = service.logs.remove(from);
        if (old != null) {
          PatternLogs target = service.logs.getOrDefault(into, current);
          target.merge(old);
          service.gone.add(new ServiceLogs.Gone(old, into));
        }
      }

      @Override
      public void evicted(long id, long time) {
        evicted++;
        PatternLogs old = service.logs.remove(id);
        if (old != null) {
          service.gone.add(new ServiceLogs.Gone(old, 0));
        }
      }
    };
  }

  /** The first time at which an interval is to be closed that a line of this arrival may be in. */
  public long closingOf(long arrival) {
    return (Math.floorDiv(arrival - patience, interval) + 1) * interval + patience;
  }

  /** When the next interval is to be closed after the one that is closed at a time. */
  public long closingAfter(long time) {
    // Also where it was closed by another interval, in an earlier run.
    return closingOf(time);
  }

  /** Whether what is closed at a time is the last interval before a sweep. */
  public boolean isSweep(long time) {
    return Math.floorMod(time - patience, SeriesScorer.SWEEP_MILLIS) < interval;
  }

  /**
   * Closes the interval that is to be closed now, and forgets what is gone.
   *
   * @param time as {@link #closingOf} says
   * @return whether there will be another to close, though nothing arrives
   */
  public boolean close(LogTable table, long time) {
    long end = time - patience;
    table.joiner.advance(time, complete -> whole(table, complete));
    Closing closing = new Closing(end, time);
    table.closed = Math.max(table.closed, end);
    boolean awake = false;
    for (ServiceLogs service : table.services.values()) {
      if (time - service.last <= SILENCE_MILLIS + interval) {
        judge.close(table, service, closing);
        awake = true;
      }
    }
    if (isSweep(time)) {
      judge.sweep(table, closing);
      table.services.values().stream()
          .filter(service -> time - service.last > FORGOTTEN_MILLIS)
          .toList()
          .forEach(service -> forget(table, service, closing));
    }
    return awake || table.size() > 0 || table.joiner.size() > 0;
  }

  private void forget(LogTable table, ServiceLogs service, Closing closing) {
    judge.forget(table, service, closing);
    table.remove(service.hash);
  }

  /** Services of which something arrived shortly before this time. */
  public Set<Entity> watched(LogTable table, long time) {
    Set<Entity> watched = new TreeSet<>(Entity.ORDER);
    for (ServiceLogs service : table.services.values()) {
      if (time - service.last <= SILENCE_MILLIS) {
        watched.add(service.entity);
      }
    }
    return watched;
  }
}
