// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.NamingRules;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the findings about patterns that are not about their rates. */
final class LogEpisode {
  static final int ROW_BYTES = Episode.ROW_BYTES + Episode.HOLD_BYTES;

  private final Episode episode;
  private final double weak;
  private final long interval;
  private final long rebase;
  private final Verdict verdict = new Verdict();
  private final Consumer<Finding> listener;

  /** Whether a row is needed for a score at all. */
  boolean begins(double score) {
    return score >= weak;
  }

  LogEpisode(EpisodeSettings settings, long interval, Consumer<Finding> listener) {
    this.episode = new Episode(settings.ofScores(settings.endSamples()), Episode.ROW_BYTES);
    this.weak = settings.weak();
    this.interval = interval;
    this.rebase = settings.rebase().toMillis();
    this.listener = listener;
  }

  /**
   * What is said of a pattern in an interval.
   *
   * @param detector the word that the finding carries
   * @param since when it began, ms since the epoch
   * @param observed lines per second
   * @param expected lines per second
   */
  record Said(
      String detector,
      Direction direction,
      double score,
      long since,
      double observed,
      double expected) {}

  /**
   * When an interval was closed.
   *
   * @param end of the interval, ms since the epoch
   * @param arrival up to when all that arrived was taken in, ms since the epoch
   */
  record Closing(long end, long arrival) {}

  /**
   * Takes in one interval.
   *
   * @param evidence asked for only when something is to be told
   */
  void step(Row row, Labels labels, Said said, Closing closing, Supplier<LogEvidence> evidence) {
    verdict.set(said.score(), said.direction(), said.since());
    double held = said.direction() == Direction.UP ? said.score() : -said.score();
    Phase phase = episode.step(row, closing.end(), held, verdict, true, (double) interval, rebase);
    if (phase != null) {
      tell(row, labels, said, phase, closing, evidence.get());
    }
  }

  /** Ends the finding of a pattern that is no more. */
  void end(Row row, Labels labels, Said said, Closing closing, Supplier<LogEvidence> evidence) {
    if (episode.end(row, closing.end())) {
      tell(row, labels, said, Phase.ENDED, closing, evidence.get());
    }
  }

  private void tell(
      Row row, Labels labels, Said said, Phase phase, Closing closing, LogEvidence evidence) {
    long onset = episode.onset(row);
    String about = said.detector() + '/' + onset + '/' + labels;
    listener.accept(
        new Finding(
            SeriesHash.hex(SeriesHash.ofText(about)),
            phase,
            closing.end(),
            closing.arrival(),
            onset,
            labels,
            LogSeries.entityOf(labels),
            Role.EVIDENCE,
            NamingRules.PER_SECOND,
            said.detector(),
            episode.direction(row),
            episode.score(),
            episode.peak(row),
            said.observed(),
            said.expected(),
            said.expected(),
            said.expected(),
            interval,
            episode.seen(row),
            List.of(),
            evidence));
  }
}
