// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.config.Secret;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.incidents.IncidentsSettings;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.logs.CountOutputSettings;
import io.tocsin.jobs.logs.LogsJob;
import io.tocsin.jobs.logs.LogsSettings;
import io.tocsin.jobs.metrics.BandOutputSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Defines the jobs as they run here, with their own defaults for all that is not the place. */
final class Jobs {
  static final String METRICS = "metrics";
  static final String INCIDENTS = "incidents";
  static final String LOGS = "logs";

  private Jobs() {}

  static void defineMetrics(
      StreamExecutionEnvironment env, String bootstrapServers, LocalSettings settings) {
    MetricsSettings usual = MetricsSettings.DEFAULTS;
    MetricsJob.define(
        env,
        new MetricsSettings(
            kafka(bootstrapServers, usual.kafka()),
            usual.limits(),
            settings.known().metrics(),
            usual.entities(),
            usual.series(),
            usual.band(),
            usual.episodes(),
            usual.together(),
            output(settings.remoteWrite()),
            usual.lateness(),
            usual.idleness(),
            usual.learnUntil(),
            usual.checkpointInterval(),
            usual.coreHourUsd()));
  }

  static void defineLogs(
      StreamExecutionEnvironment env, String bootstrapServers, LocalSettings settings) {
    LogsSettings usual = LogsSettings.DEFAULTS;
    URI remoteWrite = settings.remoteWrite();
    LogsJob.define(
        env,
        new LogsSettings(
            kafka(bootstrapServers, usual.kafka()),
            settings.logs(),
            usual.lines(),
            usual.patterns(),
            usual.series(),
            usual.band(),
            usual.episodes(),
            usual.together(),
            remoteWrite == null ? null : CountOutputSettings.of(remoteWrite),
            usual.lateness(),
            usual.idleness(),
            usual.learnUntil(),
            usual.checkpointInterval(),
            usual.coreHourUsd()));
  }

  /** With links in alerts that lead to the page at the external URL. */
  static void defineIncidents(
      StreamExecutionEnvironment env,
      String bootstrapServers,
      LocalSettings settings,
      URI externalUrl) {
    IncidentsSettings usual = IncidentsSettings.DEFAULTS;
    List<AlertmanagerAddress> addresses =
        settings.alertmanagers().stream()
            .map(url -> AlertmanagerAddress.of(url.toString()))
            .toList();
    IncidentsJob.define(
        env,
        new IncidentsSettings(
            kafka(bootstrapServers, usual.kafka()),
            usual.incidents(),
            settings.known().calls(),
            usual.owners(),
            addresses,
            usual.resendInterval(),
            usual.watchdog(),
            externalUrl.toString(),
            usual.checkpointInterval()));
  }

  private static @Nullable BandOutputSettings output(@Nullable URI remoteWrite) {
    return remoteWrite == null
        ? null
        : new BandOutputSettings(remoteWrite, new Secret(""), 100_000);
  }

  private static KafkaSettings kafka(String bootstrapServers, KafkaSettings usual) {
    return new KafkaSettings(bootstrapServers, usual.groupId(), usual.start(), Map.of());
  }
}
