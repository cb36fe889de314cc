// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the findings of one model from what it says tick by tick. */
final class EntityEpisode {
  static final int ROW_BYTES = Episode.ROW_BYTES + Episode.HOLD_BYTES;

  /** The labels of an entity's parts, in their order. */
  private static final List<String> PARTS =
      List.of("cluster", "namespace", "workload", "service", "node", "instance");

  /** An entity that is sampled more rarely than this has waited long enough with one value. */
  private static final long RARE_MILLIS = 2 * Judged.TICK_MILLIS;

  /**
   * What a model finds.
   *
   * @param detector the word that findings carry to say which model saw them
   * @param unit of the quantity that the model judges
   * @param felt whether users may feel it; what lies within all bands they do not
   */
  record Kind(String detector, String unit, boolean felt) {}

  private final Kind kind;
  private final Episode episode;
  private final Verdict verdict = new Verdict();
  private final long sparse;
  private final long rebase;
  private final Row row = new Row();
  private final Consumer<Finding> listener;

  /** What the last step has to tell. */
  private @Nullable Phase phase;

  /** Findings of a model. */
  EntityEpisode(Kind kind, EpisodeSettings settings, Consumer<Finding> listener) {
    this.kind = kind;
    // A tick stands for several samples: one is enough to end what has been found.
    this.episode = new Episode(settings.ofScores(1), Episode.ROW_BYTES);
    this.sparse = settings.confirmWithin().toMillis();
    this.rebase = settings.rebase().toMillis();
    this.listener = listener;
  }

  /** The row that the state lies in; to be set before anything else is asked. */
  Row row() {
    return row;
  }

  boolean active() {
    return episode.active(row);
  }

  double learningWeight() {
    return episode.confirmed(row) ? 0 : 1;
  }

  /**
   * Takes in one tick.
   *
   * @param interval of the entity, ms
   * @return whether there is something to {@link #tell}
   */
  boolean step(long time, double interval, double score, Direction direction) {
    verdict.set(score, direction, time);
    double held = direction == Direction.UP ? score : -score;
    double confirmed = interval >= RARE_MILLIS ? (double) sparse : 0;
    phase = episode.step(row, time, held, verdict, true, confirmed, rebase);
    return phase != null;
  }

  /**
   * Tells what the last step has found.
   *
   * @param roles where the finding's role lies, as a byte: once of a symptom, a finding stays so
   */
  void tell(Row roles, int role, About about, Said said) {
    Phase now = Objects.requireNonNull(phase);
    if (now == Phase.STARTED) {
      roles.setByte(role, (byte) 0);
    }
    if (kind.felt() && said.contributions().stream().anyMatch(this::isSymptom)) {
      roles.setByte(role, (byte) 1);
    }
    tell(now, about, roles.getByte(role) == 1, episode.score(), said);
  }

  /** Ends the finding of an entity that is silent. */
  void end(Row roles, int role, About about) {
    if (episode.end(row, about.time())) {
      tell(Phase.ENDED, about, roles.getByte(role) == 1, 0, Said.NOTHING);
    }
  }

  /** Users feel it only where what they feel is beyond its own boundary. */
  private boolean isSymptom(Contribution contribution) {
    return contribution.role() == Role.SYMPTOM && Math.abs(contribution.score()) >= 1;
  }

  /** Whose finding it is, and when. */
  record About(Entity entity, long time, double interval) {}

  private void tell(Phase phase, About about, boolean symptom, double score, Said said) {
    Labels labels = labels(about.entity());
    long onset = episode.onset(row);
    listener.accept(
        new Finding(
            SeriesHash.hex(SeriesHash.ofText(kind.detector() + '/' + onset + '/' + labels)),
            phase,
            about.time(),
            about.time(),
            onset,
            labels,
            about.entity(),
            symptom ? Role.SYMPTOM : Role.EVIDENCE,
            kind.unit(),
            kind.detector(),
            episode.direction(row),
            score,
            episode.peak(row),
            said.observed(),
            said.expected(),
            said.lower(),
            said.upper(),
            Math.max(Judged.TICK_MILLIS, Math.round(about.interval())),
            episode.seen(row),
            said.contributions(),
            null));
  }

  private Labels labels(Entity entity) {
    List<String> parts = entity.parts();
    String[] pairs = new String[2 + 2 * PARTS.size()];
    pairs[0] = Labels.NAME;
    pairs[1] = Finding.ABOUT_ENTITY + kind.detector();
    for (int i = 0; i < PARTS.size(); i++) {
      pairs[2 + 2 * i] = PARTS.get(i);
      pairs[3 + 2 * i] = parts.get(i);
    }
    return Labels.of(pairs);
  }
}
