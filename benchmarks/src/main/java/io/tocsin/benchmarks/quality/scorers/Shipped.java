// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.telemetry.SeriesHash;

/** What users get: the metrics job's scorer with the configuration that is shipped. */
public final class Shipped implements Candidate {
  private final MetricsSettings settings = MetricsSettings.DEFAULTS;

  @Override
  public String name() {
    return "tocsin";
  }

  @Override
  public String title() {
    return "Tocsin";
  }

  @Override
  public ShippedScorer start(int series) {
    return new ShippedScorer(settings, series);
  }

  @Override
  public boolean judgesAlone() {
    return false;
  }

  @Override
  public boolean judgesTogether() {
    return true;
  }

  /** A hash of all settings that scores depend on. */
  public String configurationHash() {
    String all =
        "%s %s %s %s %s"
            .formatted(
                settings.series(),
                settings.band(),
                settings.episodes(),
                settings.together(),
                settings.metrics());
    return SeriesHash.hex(SeriesHash.ofText(all));
  }
}
