// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.MetricRule.Side;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has one value judged, learned and, when there is something to say, said. */
final class ValueScorer {
  private static final double SILENT_INTERVALS = 3;

  private final long silence;
  private final long rebase;
  private final long rebaseSymptom;
  private final SeriesPolicies policies;
  private final Episode episode;
  private final Detector detector;
  private final ScoreListener listener;
  private final Verdict verdict = new Verdict();
  private final Kin kin;
  private final Judged judged = new Judged();
  private final double weak;
  private final ScoredSeries subject = new ScoredSeries();

  ValueScorer(
      SeriesSettings settings,
      EpisodeSettings episodes,
      SeriesPolicies policies,
      Detector detector,
      ScoreListener listener) {
    this.silence = settings.silence().toMillis();
    this.rebase = episodes.rebase().toMillis();
    this.rebaseSymptom = episodes.rebaseSymptom().toMillis();
    this.weak = episodes.weak();
    this.policies = policies;
    this.episode = new Episode(episodes, ScoredSeries.HOLD);
    this.kin = new Kin(silence, episode);
    this.detector = detector;
    this.listener = listener;
  }

  /**
   * Moves to the scored row of a series.
   *
   * @param rate whether it is the increase that is scored
   */
  ScoredSeries subject(
      SeriesTable table, int scoredRow, SeriesPolicy policy, int baseRow, boolean rate) {
    subject.move(table, scoredRow, policy, baseRow, rate);
    return subject;
  }

  /** Moves to the scored row of a derived series. */
  ScoredSeries subject(SeriesTable table, DerivedSeries derived) {
    subject.move(table, derived, policies);
    return subject;
  }

  /**
   * Judges and learns one value.
   *
   * @param time of the sample, ms since the epoch
   * @param arrival when it was received, ms since the epoch
   */
  void score(ScoredSeries of, long time, double value, long arrival) {
    SeriesPolicy policy = of.policy();
    if (!ScoredSeries.isScored(of.row())) {
      begin(of, time, arrival);
    }
    endIfSilent(of, arrival);
    Row profile = profile(of, time);
    detector.judge(of.detectorRow(), profile, time, value, policy.effect(), verdict);
    of.learnInterval(time);
    boolean matters = matters(policy, verdict.direction());
    Phase phase =
        episode.step(
            of.row(),
            time,
            value,
            verdict,
            matters,
            of.interval(),
            policy.rule().role() == Role.SYMPTOM ? rebaseSymptom : rebase);
    long before = of.lastArrival();
    of.arrived(arrival);
    boolean first = Judged.tick(arrival) != Judged.tick(before);
    double unusual = matters ? verdict.sudden() : 0;
    if (episode.confirmed(of.row())) {
      // What a finding is held by, the detector may have come to expect.
      unusual = Math.max(unusual, Math.min(1, episode.score()));
    }
    boolean exported = policy.rule().export() && listener.wantsScores();
    if (first || unusual >= weak || phase != null || exported) {
      detector.band(of.detectorRow(), verdict);
    }
    if (first || unusual >= weak) {
      judged.set(before, arrival, unusual, verdict);
      tell(of, first, unusual >= weak);
    }
    if (phase != null) {
      say(of, phase, time, arrival, value);
    }
    if (exported) {
      listener.scored(of.labels(), time, value, verdict);
    }
    if (episode.rebased()) {
      profile = of.ownProfile();
      detector.rebase(of.detectorRow(), profile, time, value);
    } else if (detector.changesProfile(of.detectorRow(), time)) {
      profile = of.ownProfile();
    }
    detector.learn(of.detectorRow(), profile, time, value, episode.learningWeight(of.row()));
  }

  /** Has a series start from what its relatives have learned, and makes it one of them. */
  private void begin(ScoredSeries of, long time, long arrival) {
    if (of.isRelative()) {
      return;
    }
    RelativeKeys keys = of.relativeKeys();
    kin.find(of.table(), keys, arrival);
    if (kin.size() > 0) {
      Row profile = null;
      if (kin.siblings() && kin.hasProfile()) {
        profile = of.addProfile();
      }
      detector.inherit(of.detectorRow(), profile, kin, time);
    }
    of.relate(keys);
  }

  private void tell(ScoredSeries of, boolean first, boolean deviates) {
    SeriesPlaces places = of.table().places();
    if (!places.known(of.scoredRow())) {
      places.set(of.scoredRow(), of.labels(), policies);
    }
    judged.about(places, of.scoredRow(), of.labelBytes());
    judged.as(of.policy().rule().role(), first, deviates);
    listener.judged(judged);
  }

  /** Ends the finding of a series of which nothing arrived up to now for too long. */
  void endIfSilent(ScoredSeries of, long now) {
    if (episode.active(of.row()) && now >= endOf(of)) {
      end(of);
    }
  }

  /** Ends the finding of a series that is silent or gone. */
  void end(ScoredSeries of) {
    if (episode.active(of.row())) {
      long end = endOf(of);
      // By a fast clock, the last sample may be later than the end.
      long time = Math.max(end, of.lastTime());
      episode.end(of.row(), time);
      verdict.clear();
      say(of, Phase.ENDED, time, end, 0);
    }
  }

  /** What would be expected now; to be read at once. */
  Verdict usual(ScoredSeries of, long time) {
    detector.judge(of.detectorRow(), of.profile(), time, 0, of.policy().effect(), verdict);
    detector.band(of.detectorRow(), verdict);
    return verdict;
  }

  /**
   * When the finding of a series that has fallen silent is over: at the first sweep after the time
   * of silence. It follows from the row alone, so it does not depend on who notices first.
   */
  private long endOf(ScoredSeries of) {
    long usual = Math.round(SILENT_INTERVALS * of.interval());
    long silent = of.lastArrival() + Math.max(silence, usual);
    return Sweep.after(silent);
  }

  /** Whether a series has surprised its model lately. */
  boolean drifts(ScoredSeries of) {
    return detector.drifts(of.detectorRow());
  }

  /** Ends what is under way of a series, and gives its rows back. */
  void release(ScoredSeries of) {
    end(of);
    of.release();
  }

  private @Nullable Row profile(ScoredSeries of, long time) {
    Row profile = of.profile();
    return profile == null
            && detector.profileBytes() != 0
            && detector.wantsProfile(of.detectorRow(), time)
        ? of.addProfile()
        : profile;
  }

  /** Whether a deviation to this side may be told. */
  static boolean matters(SeriesPolicy policy, Direction direction) {
    Side side = policy.rule().direction();
    return side == Side.BOTH || (side == Side.UP) == (direction == Direction.UP);
  }

  private void say(ScoredSeries of, Phase phase, long time, long arrival, double value) {
    SeriesPolicy policy = of.policy();
    Labels labels = of.labels();
    long onset = episode.onset(of.row());
    String id = SeriesHash.hex(SeriesHash.ofText(detector.name() + '/' + onset + '/' + labels));
    listener.finding(
        new Finding(
            id,
            phase,
            time,
            arrival,
            onset,
            labels,
            policies.entityOf(labels),
            policy.rule().role(),
            policy.unit(),
            detector.models().get(episode.model(of.row())),
            episode.direction(of.row()),
            episode.score(),
            episode.peak(of.row()),
            value,
            verdict.expected(),
            verdict.lower(),
            verdict.upper(),
            Math.round(of.interval()),
            episode.seen(of.row()),
            List.of(),
            null));
  }
}
