// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a local run is told.
 *
 * @param host where the gateway listens
 * @param port of the gateway; 0 for any free one
 * @param webPort of Flink's web interface; 0 for any free one
 * @param alertmanagers base URLs of all replicas
 * @param remoteWrite where score and band of exported series go, or nothing
 * @param replay whether the samples are of the past: no heartbeat of now outruns them, and no topic
 *     deletes them for their age
 */
record LocalSettings(
    String host,
    int port,
    int webPort,
    List<URI> alertmanagers,
    @Nullable URI remoteWrite,
    boolean replay) {
  LocalSettings {
    alertmanagers = List.copyOf(alertmanagers);
  }

  /** Everything on free ports, alerts to nobody, time as the shop's samples tell it. */
  static LocalSettings demo() {
    return new LocalSettings("127.0.0.1", 0, 0, List.of(), null, true);
  }
}
