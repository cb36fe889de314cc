// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.jobs.metrics.MetricsSettings;
import java.util.List;

/** What users get: the metrics job's scorer with the configuration that is shipped. */
public final class Shipped implements Candidate {
  private final MetricsSettings settings;
  private final String name;
  private final String title;

  /** With the configuration that is shipped. */
  public Shipped() {
    this(MetricsSettings.DEFAULTS, "tocsin", "Tocsin");
  }

  /** With another configuration, to compare. */
  public Shipped(MetricsSettings settings, String name, String title) {
    this.settings = settings;
    this.name = name;
    this.title = title;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
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
    return SettingsText.hash(configurationText());
  }

  String configurationText() {
    return SettingsText.of(
        List.of(
            settings.series(),
            settings.band(),
            settings.episodes(),
            settings.metrics().ordered(),
            settings.entities(),
            settings.together()));
  }
}
