// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Alertmanager gets. Its identity is its labels, so they hold stable facts only; what changes
 * is an annotation.
 *
 * @param id 16 hexadecimal digits: the hash of the labels
 * @param labels alertname, severity, incident and where it is
 * @param annotations summary, description and the rest, for people
 * @param startsAt ms since the epoch
 * @param endsAt when it was resolved, ms since the epoch; 0 while it fires
 */
public record Alert(
    String id,
    Map<String, String> labels,
    Map<String, String> annotations,
    long startsAt,
    long endsAt) {
  public Alert {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** Whether it still fires. */
  public boolean firing() {
    return endsAt == 0;
  }
}
