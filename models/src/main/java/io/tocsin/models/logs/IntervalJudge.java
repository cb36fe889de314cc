// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.logs.LogEpisode.Closing;
import io.tocsin.models.logs.LogEpisode.Said;
import io.tocsin.models.patterns.SecretMask;
import io.tocsin.models.rows.Row;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.Severity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges an interval of a service when all its lines are there. */
final class IntervalJudge implements ScoreListener {
  static final String NEW = "new-pattern";
  static final String VANISHED = "vanished-pattern";
  static final String PARAMETER = "parameter";

  private static final double MILLIS = 1000;

  /** A ratio of fewer lines says nothing. */
  private static final int LEAST_LINES = 20;

  private final LogSettings settings;
  private final LogListener listener;
  private final LogRates rates;
  private final Novelty novelty;
  private final LogEpisode episode;
  private final ServiceSilence silence;
  private final LogExport export;
  private final SecretMask secrets = new SecretMask();
  private final Row row = new Row();
  private final double seconds;
  private @Nullable LogTable table;

  IntervalJudge(LogSettings settings, LogScorer.Scoring scoring, LogListener listener) {
    this.settings = settings;
    this.listener = listener;
    rates = new LogRates(scoring.series(), scoring.episodes(), scoring.detector(), this);
    novelty = new Novelty(settings);
    long interval = settings.interval().toMillis();
    episode = new LogEpisode(scoring.episodes(), interval, listener::novelty);
    export = new LogExport(scoring.counted(), listener);
    seconds = interval / MILLIS;
    silence = new ServiceSilence(episode, seconds);
  }

  void adopt(LogTable of) {
    rates.adopt(of.rates);
  }

  void sweep(LogTable of, Closing closing) {
    table = of;
    long at = Math.floorDiv(closing.arrival(), SeriesScorer.SWEEP_MILLIS);
    rates.sweep(of.rates, at * SeriesScorer.SWEEP_MILLIS);
  }

  /** Closes the interval of a service. */
  void close(LogTable of, ServiceLogs service, Closing closing) {
    table = of;
    int[] levels = new int[LogSeries.LEVELS];
    int all = 0;
    for (int level = 0; level < LogSeries.LEVELS; level++) {
      levels[level] = service.levels[level].take(closing.end());
      all += levels[level];
    }
    service.closed(all);
    service.gone.forEach(each -> gone(service, each, closing));
    service.gone.clear();
    rate(LogSeries.ofService(LogSeries.SERVICE_LINES, service.entity), all / seconds, closing);
    if (all > 0) {
      levels(service, levels, all, closing);
    }
    silence.close(of, service, closing);
    for (PatternLogs pattern : service.logs.values()) {
      pattern(service, pattern, all > 0, closing);
    }
    Mix mix = new Mix(service);
    if (mix.lines() >= LEAST_LINES) {
      rate(LogSeries.ofService(LogSeries.MIX, service.entity), mix.distance(), closing);
    }
    export.close(service, closing.end());
  }

  /** Ends what was told of a service that is to be forgotten, and frees its rows. */
  void forget(LogTable of, ServiceLogs service, Closing closing) {
    table = of;
    service.gone.forEach(each -> gone(service, each, closing));
    service.logs.values().forEach(each -> gone(service, new ServiceLogs.Gone(each, 0), closing));
    silence.end(of, service, closing);
  }

  private void levels(ServiceLogs service, int[] levels, int all, Closing closing) {
    for (Severity level : List.of(Severity.WARN, Severity.ERROR)) {
      int lines = levels[LogSeries.number(level)];
      lines += level == Severity.ERROR ? levels[LogSeries.number(Severity.FATAL)] : 0;
      Labels counted = LogSeries.ofLevel(LogSeries.LEVEL_LINES, service.entity, level);
      rate(counted, lines / seconds, closing);
      if (all >= LEAST_LINES) {
        Labels ratio = LogSeries.ofLevel(LogSeries.LEVEL_RATIO, service.entity, level);
        rate(ratio, (double) lines / all, closing);
      }
    }
  }

  private void rate(Labels labels, double value, Closing closing) {
    rates.score(of().rates, LogRates.Name.of(labels), () -> labels, value, closing);
  }

  private void pattern(ServiceLogs service, PatternLogs pattern, boolean speaks, Closing closing) {
    double usual = pattern.usual;
    int lines = pattern.close(closing.end());
    if (pattern.name == null) {
      pattern.name = LogRates.Name.of(labels(service, pattern));
    }
    LogRates.Name name = Objects.requireNonNull(pattern.name);
    if (speaks) {
      rates.score(of().rates, name, () -> labels(service, pattern), lines / seconds, closing);
    }
    novelty(service, pattern, lines, closing);
    silence(service, pattern, new Usual(usual, speaks), closing);
    parameter(service, pattern, lines, closing);
    if (isToTell(pattern, closing.end())) {
      pattern.told = closing.end();
      pattern.toldCount = pattern.count;
      tell(service, pattern, 0);
    }
  }

  /** At once, when there are twice as many lines, and once in a while. */
  private boolean isToTell(PatternLogs pattern, long now) {
    return pattern.told == Long.MIN_VALUE
        || pattern.count >= 2 * pattern.toldCount
        || now - pattern.told >= settings.retold().toMillis();
  }

  private LogTable of() {
    return Objects.requireNonNull(table);
  }

  private static Labels labels(ServiceLogs service, PatternLogs pattern) {
    return LogSeries.ofPattern(LogSeries.LINES, service.entity, pattern);
  }

  private void novelty(ServiceLogs service, PatternLogs pattern, int lines, Closing closing) {
    boolean young = closing.end() - pattern.first <= settings.novelty().toMillis();
    boolean error = LogSeries.isError(pattern.level);
    double score =
        young ? novelty.score(pattern.digits, pattern.recent(), service.recent(), error) : 0;
    Said said = new Said(NEW, Direction.UP, score, pattern.first, lines / seconds, 0);
    pattern.noveltyRow = step(service, pattern, pattern.noveltyRow, said, closing, null);
  }

  /**
   * What is usual of a pattern.
   *
   * @param lines in an interval
   * @param speaks whether its service has logged at all
   */
  private record Usual(double lines, boolean speaks) {}

  private void silence(ServiceLogs service, PatternLogs pattern, Usual usual, Closing closing) {
    double score = usual.speaks() ? Silence.score(pattern, usual.lines(), closing.end()) : 0;
    double expected = pattern.intervals == 0 ? 0 : usual.lines() / seconds;
    Said said =
        new Said(VANISHED, Direction.DOWN, score >= 1 ? score : 0, pattern.last, 0, expected);
    pattern.silenceRow = step(service, pattern, pattern.silenceRow, said, closing, null);
  }

  private void parameter(ServiceLogs service, PatternLogs pattern, int lines, Closing closing) {
    ParameterMemory.Change change = pattern.parameters.close(settings.boundary());
    double score = change == null ? 0 : Math.min(change.novel().score(), Verdict.MAX_SCORE);
    Said said =
        new Said(
            PARAMETER, Direction.UP, score, pattern.last, lines / seconds, pattern.usual / seconds);
    ChangedParameter changed =
        change == null
            ? null
            : new ChangedParameter(
                change.position(),
                Printable.of(secrets.masked(change.novel().value())),
                Printable.of(secrets.masked(change.novel().usual())));
    pattern.parameterRow = step(service, pattern, pattern.parameterRow, said, closing, changed);
  }

  private int step(
      ServiceLogs service,
      PatternLogs pattern,
      int number,
      Said said,
      Closing closing,
      @Nullable ChangedParameter parameter) {
    if (number == PatternLogs.NO_ROW && !episode.begins(said.score())) {
      return number;
    }
    int used = number == PatternLogs.NO_ROW ? of().findings.add() : number;
    of().findings.read(used, row);
    episode.step(
        row, labels(service, pattern), said, closing, () -> Shown.of(service, pattern, parameter));
    return used;
  }

  private void gone(ServiceLogs service, ServiceLogs.Gone gone, Closing closing) {
    PatternLogs pattern = gone.pattern();
    Labels labels = labels(service, pattern);
    end(pattern.noveltyRow, labels, NEW, closing, service, pattern);
    end(pattern.silenceRow, labels, VANISHED, closing, service, pattern);
    end(pattern.parameterRow, labels, PARAMETER, closing, service, pattern);
    if (gone.into() != 0) {
      tell(service, pattern, gone.into());
    }
  }

  private void end(
      int number,
      Labels labels,
      String detector,
      Closing closing,
      ServiceLogs service,
      PatternLogs pattern) {
    if (number != PatternLogs.NO_ROW) {
      of().findings.read(number, row);
      Said said = new Said(detector, Direction.UP, 0, closing.end(), 0, 0);
      episode.end(row, labels, said, closing, () -> Shown.of(service, pattern, null));
      of().findings.remove(number);
    }
  }

  private void tell(ServiceLogs service, PatternLogs pattern, long into) {
    listener.pattern(
        new LogPattern(
            LogSeries.id(pattern.id),
            service.entity,
            Shown.template(service, pattern.id),
            LogSeries.level(pattern.level),
            pattern.count,
            pattern.first,
            pattern.last,
            pattern.sample(),
            into == 0 ? "" : LogSeries.id(into)));
  }

  @Override
  public void finding(Finding finding) {
    listener.deviation(finding.with(Shown.of(of().find(finding.entity()), finding.labels())));
  }

  @Override
  public void scored(Labels labels, long time, double value, Verdict verdict) {}

  @Override
  public void judged(Judged judged) {
    listener.judged(judged);
  }
}
