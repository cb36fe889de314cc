// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the findings of one model from what it says tick by tick. */
final class EntityEpisode {
  /** An entity that is sampled more rarely than this has waited long enough with one value. */
  private static final long RARE_MILLIS = 2 * Judged.TICK_MILLIS;

  private final String detector;
  private final String unit;
  private final double weak;
  private final Episode often;
  private final Episode rare;
  private final Row row = new Row();
  private final Consumer<Finding> listener;

  /**
   * Findings of a model.
   *
   * @param detector the word that they carry to say which model saw them
   * @param unit of the quantity that the model judges
   */
  EntityEpisode(
      String detector, String unit, EpisodeSettings settings, Consumer<Finding> listener) {
    this.detector = detector;
    this.unit = unit;
    this.weak = settings.weak();
    this.often = episode(settings, settings.confirmSamples());
    this.rare = episode(settings, 1);
    this.listener = listener;
  }

  /** A tick stands for several samples: one is enough to end what has been found. */
  private static Episode episode(EpisodeSettings settings, int confirmTicks) {
    return new Episode(
        new EpisodeSettings(
            settings.weak(),
            settings.over(),
            confirmTicks,
            1,
            settings.refractory(),
            settings.repeat(),
            settings.rebase()));
  }

  /** The row that the state lies in; to be set before anything else is asked. */
  Row row() {
    return row;
  }

  boolean active() {
    return often.active(row);
  }

  double learningWeight(long time) {
    return often.learningWeight(row, time);
  }

  /**
   * Takes in one tick.
   *
   * @param roles where the finding's role lies, as a byte: once of a symptom, a finding stays so
   * @param said what the model says; asked for only when it is to be told
   */
  void step(
      Row roles, int role, About about, double score, Direction direction, Supplier<Said> said) {
    Episode episode = about.interval() >= RARE_MILLIS ? rare : often;
    Phase phase = episode.step(row, about.time(), score, direction);
    if (phase == null) {
      return;
    }
    Said now = said.get();
    if (phase == Phase.STARTED) {
      roles.setByte(role, (byte) 0);
    }
    if (now.contributions().stream().anyMatch(this::isSymptom)) {
      roles.setByte(role, (byte) 1);
    }
    tell(phase, about, roles.getByte(role) == 1, episode.score(), now);
  }

  /** Ends the finding of an entity that is silent. */
  void end(Row roles, int role, About about) {
    if (often.end(row, about.time())) {
      tell(Phase.ENDED, about, roles.getByte(role) == 1, 0, Said.NOTHING);
    }
  }

  private boolean isSymptom(Contribution contribution) {
    return contribution.role() == Role.SYMPTOM && Math.abs(contribution.score()) >= weak;
  }

  /** Whose finding it is, and when. */
  record About(Entity entity, long time, double interval) {}

  private void tell(Phase phase, About about, boolean symptom, double score, Said said) {
    Labels labels = labels(about.entity());
    long onset = often.onset(row);
    listener.accept(
        new Finding(
            SeriesHash.hex(SeriesHash.ofText(detector + '/' + onset + '/' + labels)),
            phase,
            about.time(),
            about.time(),
            onset,
            labels,
            about.entity(),
            symptom ? Role.SYMPTOM : Role.EVIDENCE,
            unit,
            detector,
            often.direction(row),
            score,
            often.peak(row),
            said.observed(),
            said.expected(),
            said.lower(),
            said.upper(),
            Math.max(Judged.TICK_MILLIS, Math.round(about.interval())),
            said.contributions()));
  }

  private Labels labels(Entity entity) {
    String[] parts = {
      entity.cluster(),
      entity.namespace(),
      entity.workload(),
      entity.service(),
      entity.node(),
      entity.instance()
    };
    String[] names = {"cluster", "namespace", "workload", "service", "node", "instance"};
    String[] pairs = new String[2 + 2 * names.length];
    pairs[0] = Labels.NAME;
    pairs[1] = "tocsin_entity_" + detector;
    for (int i = 0; i < names.length; i++) {
      pairs[2 + 2 * i] = names[i];
      pairs[3 + 2 * i] = parts[i];
    }
    return Labels.of(pairs);
  }
}
