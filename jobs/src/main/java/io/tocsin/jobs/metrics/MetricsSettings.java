// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.health.Cost;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.rules.RuleSettings;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.entities.EntitySettings;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.series.RulePolicies;
import io.tocsin.models.series.SeriesPolicies;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the metrics job.
 *
 * @param kafka where the topics are
 * @param limits what a body may hold at most
 * @param metrics which metrics are symptoms, and from which size a deviation matters
 * @param entities which labels name what a series is about
 * @param series how samples are taken in and series are kept
 * @param band the detector
 * @param episodes when deviating values become a finding, and when it is over
 * @param together when what several series of an entity do together is unusual
 * @param bands where score and band of exported series go, or nothing
 * @param lateness by how much the clocks of gateways may differ; a strong finding waits for so long
 * @param idleness a partition silent for this long does not hold the others' time back; a gateway
 *     lets none be silent
 * @param learnUntil what arrived before this time is learned from, and nobody is told of it; for a
 *     topic that is scored again from an earlier point
 * @param checkpointInterval how often state is saved
 * @param coreHourUsd what an hour of a core costs, in US dollars, for what the job says it costs
 */
public record MetricsSettings(
    KafkaSettings kafka,
    RemoteWriteLimits limits,
    RuleSettings metrics,
    EntityLabels entities,
    SeriesSettings series,
    BandSettings band,
    EpisodeSettings episodes,
    EntitySettings together,
    @Nullable BandOutputSettings bands,
    Duration lateness,
    Duration idleness,
    @Nullable Instant learnUntil,
    Duration checkpointInterval,
    double coreHourUsd)
    implements Serializable {

  /** What is shipped. */
  public static final MetricsSettings DEFAULTS =
      new MetricsSettings(
          new KafkaSettings("localhost:9092", "tocsin-metrics", KafkaSettings.COMMITTED, Map.of()),
          RemoteWriteLimits.DEFAULTS,
          RuleSettings.DEFAULTS,
          EntityLabels.DEFAULTS,
          SeriesSettings.DEFAULTS,
          BandSettings.DEFAULTS,
          EpisodeSettings.DEFAULTS,
          EntitySettings.DEFAULTS,
          null,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          null,
          Duration.ofSeconds(10),
          Cost.USUAL_CORE_HOUR_USD);

  public MetricsSettings {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness must not be negative");
    }
    if (idleness.toMillis() <= 0 || checkpointInterval.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "idleness and checkpointInterval must be longer than zero");
    }
    if (!(coreHourUsd >= 0)) {
      throw new IllegalArgumentException("coreHourUsd must not be negative");
    }
  }

  /** The same with other rules for metrics. */
  public MetricsSettings withMetrics(RuleSettings rules) {
    return new MetricsSettings(
        kafka,
        limits,
        rules,
        entities,
        series,
        band,
        episodes,
        together,
        bands,
        lateness,
        idleness,
        learnUntil,
        checkpointInterval,
        coreHourUsd);
  }

  void applyTo(StreamExecutionEnvironment env) {
    JobEnvironment.prepare(env, checkpointInterval);
  }

  Detector detector() {
    return new BandDetector(band);
  }

  WatchSettings watch() {
    return new WatchSettings(together, episodes, band, learnUntil, coreHourUsd, this::policies);
  }

  SeriesPolicies policies() {
    return new RulePolicies(new RuleSet(metrics.ordered()), new EntityRules(entities));
  }
}
