// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The shipped detector, and the same without each of its parts. */
final class Ablation {
  private Ablation() {}

  /** In the order of the table. */
  static List<Candidate> candidates() {
    MetricsSettings shipped = MetricsSettings.DEFAULTS;
    List<Candidate> all = new ArrayList<>(List.of(new Shipped(shipped, "shipped", "shipped")));
    for (Part part : Part.values()) {
      String name = part.name().toLowerCase(Locale.ROOT);
      MetricsSettings without = with(shipped, shipped.band().without(part));
      all.add(new Shipped(without, "without." + name, "without " + name));
    }
    all.add(new SeriesOnly(new Shipped(shipped, "without.entities", "without entities")));
    return all;
  }

  private static MetricsSettings with(MetricsSettings settings, BandSettings band) {
    return new MetricsSettings(
        settings.kafka(),
        settings.limits(),
        settings.metrics(),
        settings.entities(),
        settings.series(),
        band,
        settings.episodes(),
        settings.together(),
        settings.bands(),
        settings.lateness(),
        settings.idleness(),
        settings.learnUntil(),
        settings.checkpointInterval(),
        settings.coreHourUsd());
  }

  /** A candidate that does not look at subjects as a whole: any series' alarm is the subject's. */
  private record SeriesOnly(Candidate candidate) implements Candidate {
    @Override
    public String name() {
      return candidate.name();
    }

    @Override
    public String title() {
      return candidate.title();
    }

    @Override
    public Scorer start(int series) {
      return candidate.start(series);
    }

    @Override
    public boolean judgesAlone() {
      return candidate.judgesAlone();
    }
  }
}
