// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.topics.Topic;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a local run is told.
 *
 * @param host where the gateway listens
 * @param port of the gateway; 0 for any free one
 * @param webPort of Flink's web interface; 0 for any free one
 * @param metricsPort where Prometheus finds the jobs' metrics; 0 for any free one
 * @param alertmanagers base URLs of all replicas
 * @param remoteWrite where score and band of exported series go, or nothing
 * @param kafkaPort where shippers of logs reach Kafka; 0 for any free one
 * @param logs topics with log lines; the job of logs runs when there are any
 * @param replay whether the samples are of the past: no heartbeat of now outruns them, and no topic
 *     deletes them for their age
 * @param known what the jobs are told beforehand of metrics and calls
 */
record LocalSettings(
    String host,
    int port,
    int webPort,
    int metricsPort,
    List<URI> alertmanagers,
    @Nullable URI remoteWrite,
    int kafkaPort,
    List<LogInputSettings> logs,
    boolean replay,
    KnownBefore known) {
  LocalSettings {
    alertmanagers = List.copyOf(alertmanagers);
    logs = List.copyOf(logs);
  }

  /** What the shop's pods log. */
  private static final LogInputSettings SHOP_LOGS =
      LogInputSettings.of(Topic.LOGS.topicName(), LogFormat.FLUENT_BIT);

  /** Everything on free ports, time as the shop's samples tell it. */
  static LocalSettings demo(List<URI> alertmanagers, @Nullable URI remoteWrite) {
    return new LocalSettings(
        "127.0.0.1",
        0,
        0,
        0,
        alertmanagers,
        remoteWrite,
        0,
        List.of(SHOP_LOGS),
        true,
        KnownBefore.DEFAULTS);
  }

  /** Everything on free ports, time as samples tell it, nobody to be told, and no logs. */
  static LocalSettings ofMetrics(KnownBefore known) {
    return new LocalSettings("127.0.0.1", 0, 0, 0, List.of(), null, 0, List.of(), true, known);
  }
}
