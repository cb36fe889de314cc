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
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has one value judged, learned and, when there is something to say, said. A scored row holds the
 * state of the episode, then what belongs to this class, then the state of the detector.
 */
final class ValueScorer {
  static final int LAST_TIME = Episode.ROW_BYTES;
  static final int LAST_ARRIVAL = LAST_TIME + Long.BYTES;
  static final int INTERVAL = LAST_ARRIVAL + Long.BYTES;

  /** Number of the profile plus one; 0 while there is none. */
  private static final int PROFILE = INTERVAL + Float.BYTES;

  private static final int HOLD = PROFILE + Integer.BYTES;
  static final int DETECTOR = HOLD + Episode.HOLD_BYTES;

  /** Where the first layout had the state of the detector. */
  static final int DETECTOR_1 = HOLD;

  /** How fast the usual interval follows. */
  private static final double INTERVAL_RATE = 0.1;

  private static final double SILENT_INTERVALS = 3;

  /** One gap must not pass for the usual interval; a longer one is learned in a few samples. */
  private static final double MOST_INTERVALS = 4;

  /** What comes sooner than both, in ms and in intervals, is the same scraped again. */
  static final long AGAIN_MILLIS = 5_000;

  private static final double AGAIN_INTERVALS = 0.5;

  /** What is scored: the cursors stand on its rows. One instance, moved from series to series. */
  static final class Subject {
    private @Nullable SeriesTable table;
    private @Nullable SeriesPolicy policy;

    /** Its row in the table, unless it is derived. */
    private int baseRow;

    private @Nullable DerivedSeries derived;

    /** Whether it is the increase that is scored. */
    private boolean rate;

    private int scoredRow;
    private final Row row = new Row();
    private final Row detectorRow = new Row();
    private final Row profileRow = new Row();

    SeriesPolicy policy() {
      return Objects.requireNonNull(policy);
    }

    private byte[] labelBytes() {
      return derived == null ? Objects.requireNonNull(table).labels[baseRow] : derived.labels;
    }

    Labels labels() {
      byte[] bytes = labelBytes();
      return LabelBytes.read(bytes, 0, bytes.length);
    }

    private RelativeKeys relativeKeys() {
      return RelativeKeys.of(labels(), rate);
    }
  }

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
  private final Subject subject = new Subject();

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
    this.episode = new Episode(episodes, HOLD);
    this.kin = new Kin(silence, episode);
    this.detector = detector;
    this.listener = listener;
  }

  static int rowBytes(Detector detector) {
    return DETECTOR + detector.rowBytes();
  }

  /** Whether a value of a scored row's series was scored yet. */
  static boolean isScored(Row row) {
    return row.getLong(LAST_TIME) != 0;
  }

  /** Number of a scored row's profile; -1 while it has none. */
  static int profile(Row row) {
    return row.getInt(PROFILE) - 1;
  }

  /**
   * Moves to the scored row of a series.
   *
   * @param rate whether it is the increase that is scored
   */
  Subject subject(
      SeriesTable table, int scoredRow, SeriesPolicy policy, int baseRow, boolean rate) {
    subject.baseRow = baseRow;
    subject.derived = null;
    subject.rate = rate;
    return moved(table, scoredRow, policy);
  }

  /** Moves to the scored row of a derived series. */
  Subject subject(SeriesTable table, DerivedSeries derived) {
    SeriesPolicy policy = derived.policy;
    if (policy == null) {
      Labels labels = LabelBytes.read(derived.labels, 0, derived.labels.length);
      policy = policies.of(labels, MetricKind.GAUGE);
      derived.policy = policy;
    }
    subject.derived = derived;
    subject.rate = false;
    return moved(table, derived.scoredRow, policy);
  }

  private Subject moved(SeriesTable table, int scoredRow, SeriesPolicy policy) {
    subject.table = table;
    subject.scoredRow = scoredRow;
    subject.policy = policy;
    table.scored.read(scoredRow, subject.row);
    table.scored.read(scoredRow, DETECTOR, subject.detectorRow);
    return subject;
  }

  /**
   * Judges and learns one value.
   *
   * @param time of the sample, ms since the epoch
   * @param arrival when it was received, ms since the epoch
   */
  void score(Subject of, long time, double value, long arrival) {
    SeriesPolicy policy = Objects.requireNonNull(of.policy);
    if (!isScored(of.row)) {
      begin(of, time, arrival);
    }
    endIfSilent(of, arrival);
    Row profile = profile(of, time);
    detector.judge(of.detectorRow, profile, time, value, policy.effect(), verdict);
    learnInterval(of.row, time);
    boolean matters = matters(policy, verdict.direction());
    double raw = matters ? verdict.persisting() : 0;
    Phase phase =
        episode.step(
            of.row,
            time,
            value,
            verdict,
            matters,
            of.row.getFloat(INTERVAL),
            policy.rule().role() == Role.SYMPTOM ? rebaseSymptom : rebase);
    long before = of.row.getLong(LAST_ARRIVAL);
    of.row.setLong(LAST_ARRIVAL, arrival);
    boolean first = Judged.tick(arrival) != Judged.tick(before);
    if (first || raw >= weak) {
      judged.set(before, arrival, value, raw, verdict);
      tell(of, first, raw >= weak);
    }
    if (phase != null) {
      say(of, phase, time, arrival, value);
    }
    if (policy.rule().export()) {
      listener.scored(of.labels(), time, value, verdict);
    }
    if (episode.rebased()) {
      detector.rebase(of.detectorRow, profile, time, value);
    }
    detector.learn(of.detectorRow, profile, time, value, episode.learningWeight(of.row));
  }

  /** Has a series start from what its relatives have learned, and makes it one of them. */
  private void begin(Subject of, long time, long arrival) {
    SeriesTable table = Objects.requireNonNull(of.table);
    if (table.siblings.contains(of.scoredRow)) {
      return;
    }
    RelativeKeys keys = of.relativeKeys();
    kin.find(table, keys, arrival);
    if (kin.size() > 0) {
      Row profile = null;
      if (kin.siblings() && kin.hasProfile()) {
        int number = table.profiles.add();
        of.row.setInt(PROFILE, number + 1);
        table.profiles.read(number, of.profileRow);
        profile = of.profileRow;
      }
      detector.inherit(of.detectorRow, profile, kin, time);
    }
    table.siblings.add(keys.siblings(), of.scoredRow);
    table.metrics.add(keys.metric(), of.scoredRow);
  }

  private void tell(Subject of, boolean first, boolean deviates) {
    SeriesPlaces places = Objects.requireNonNull(of.table).places();
    if (!places.known(of.scoredRow)) {
      places.set(of.scoredRow, of.labels(), policies);
    }
    judged.about(places, of.scoredRow, of.labelBytes());
    judged.as(Objects.requireNonNull(of.policy).rule().role(), first, deviates);
    listener.judged(judged);
  }

  /** Ends the finding of a series of which nothing arrived up to now for too long. */
  void endIfSilent(Subject of, long now) {
    if (episode.active(of.row) && now >= end(of.row)) {
      end(of);
    }
  }

  /** Ends the finding of a series that is silent or gone. */
  void end(Subject of) {
    if (episode.active(of.row)) {
      long end = end(of.row);
      // By a fast clock, the last sample may be later than the end.
      long time = Math.max(end, of.row.getLong(LAST_TIME));
      episode.end(of.row, time);
      verdict.clear();
      say(of, Phase.ENDED, time, end, 0);
    }
  }

  /**
   * Whether a sample comes so soon after the last that another sender of a pair must have scraped
   * the same again: it says nothing new, and of a rate over so short a time chance says most.
   *
   * @param elapsed ms since the last sample that was taken in
   */
  boolean isScrapedAgain(Subject of, long elapsed) {
    return elapsed < AGAIN_MILLIS && elapsed < AGAIN_INTERVALS * of.row.getFloat(INTERVAL);
  }

  /** The usual time between two values, in ms; 0 before there were two. */
  double interval(Subject of) {
    return of.row.getFloat(INTERVAL);
  }

  /** Event time of the last value; 0 for none. */
  long lastTime(Subject of) {
    return of.row.getLong(LAST_TIME);
  }

  /** When the last value arrived; 0 for none. */
  long lastArrival(Subject of) {
    return of.row.getLong(LAST_ARRIVAL);
  }

  /** What would be expected now; to be read at once. */
  Verdict usual(Subject of, long time) {
    Row profile = null;
    int number = profile(of.row);
    if (number >= 0) {
      Objects.requireNonNull(of.table).profiles.read(number, of.profileRow);
      profile = of.profileRow;
    }
    detector.judge(of.detectorRow, profile, time, 0, of.policy().effect(), verdict);
    return verdict;
  }

  /**
   * When the finding of a series that has fallen silent is over: at the first sweep after the time
   * of silence. It follows from the row alone, so it does not depend on who notices first.
   */
  private long end(Row row) {
    long usual = Math.round(SILENT_INTERVALS * row.getFloat(INTERVAL));
    long silent = row.getLong(LAST_ARRIVAL) + Math.max(silence, usual);
    return Sweep.after(silent);
  }

  /** Ends what is under way of a series, and gives its rows back. */
  void release(Subject of) {
    end(of);
    SeriesTable table = Objects.requireNonNull(of.table);
    if (table.siblings.contains(of.scoredRow)) {
      RelativeKeys keys = of.relativeKeys();
      table.siblings.remove(keys.siblings(), of.scoredRow);
      table.metrics.remove(keys.metric(), of.scoredRow);
    }
    int profile = profile(of.row);
    if (profile >= 0) {
      table.profiles.remove(profile);
    }
    table.places().forget(of.scoredRow);
    table.scored.remove(of.scoredRow);
  }

  private @Nullable Row profile(Subject of, long time) {
    SeriesTable table = Objects.requireNonNull(of.table);
    int number = of.row.getInt(PROFILE);
    if (number == 0) {
      if (detector.profileBytes() == 0 || !detector.wantsProfile(of.detectorRow, time)) {
        return null;
      }
      number = table.profiles.add() + 1;
      of.row.setInt(PROFILE, number);
    }
    table.profiles.read(number - 1, of.profileRow);
    return of.profileRow;
  }

  /** Whether a deviation to this side may be told. */
  static boolean matters(SeriesPolicy policy, Direction direction) {
    Side side = policy.rule().direction();
    return side == Side.BOTH || (side == Side.UP) == (direction == Direction.UP);
  }

  private static void learnInterval(Row row, long time) {
    long last = row.getLong(LAST_TIME);
    if (last != 0) {
      double interval = row.getFloat(INTERVAL);
      double elapsed = time - last;
      row.setFloat(
          INTERVAL,
          interval == 0
              ? elapsed
              : interval
                  + INTERVAL_RATE * (Math.min(elapsed, MOST_INTERVALS * interval) - interval));
    }
    row.setLong(LAST_TIME, time);
  }

  private void say(Subject of, Phase phase, long time, long arrival, double value) {
    SeriesPolicy policy = Objects.requireNonNull(of.policy);
    Labels labels = of.labels();
    long onset = episode.onset(of.row);
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
            detector.models().get(episode.model(of.row)),
            episode.direction(of.row),
            episode.score(),
            episode.peak(of.row),
            value,
            verdict.expected(),
            verdict.lower(),
            verdict.upper(),
            Math.round(of.row.getFloat(INTERVAL)),
            episode.seen(of.row),
            List.of()));
  }
}
