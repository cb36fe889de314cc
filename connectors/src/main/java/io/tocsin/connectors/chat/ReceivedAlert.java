// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.util.Map;

/**
 * An alert as Alertmanager tells of it.
 *
 * @param over whether it is resolved
 * @param fingerprint what Alertmanager knows it by
 * @param startsAt ms since the epoch
 * @param endsAt ms since the epoch; 0 while it fires
 */
record ReceivedAlert(
    boolean over,
    String fingerprint,
    Map<String, String> labels,
    Map<String, String> annotations,
    long startsAt,
    long endsAt) {
  ReceivedAlert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  /** The id of the incident that it is about, or empty. */
  String incident() {
    return label("incident");
  }

  String annotation(String name) {
    return annotations.getOrDefault(name, "");
  }
}
