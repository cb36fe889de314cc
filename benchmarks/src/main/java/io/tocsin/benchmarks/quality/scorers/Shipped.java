// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.jobs.rules.RuleSettings;
import io.tocsin.models.telemetry.Labels;
import java.util.List;
import java.util.stream.IntStream;

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
    return start(IntStream.range(0, series).mapToObj(Shipped::nameless).toList());
  }

  /** The name says nothing, so that no rule for a name holds. */
  private static Labels nameless(int series) {
    return Labels.of(Labels.NAME, "value", "series", Integer.toString(series));
  }

  /** The same with other rules for metrics. */
  public Shipped with(RuleSettings rules) {
    return new Shipped(settings.withMetrics(rules), name, title);
  }

  /** Begins to watch series of one subject by what their labels say. */
  public ShippedScorer start(List<Labels> series) {
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
