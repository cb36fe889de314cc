// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.List;

/**
 * The events of one session, in order.
 *
 * @param training whether it may be learned from
 * @param anomalous whether it is labelled so
 */
public record Session(boolean training, boolean anomalous, List<String> events) {
  public Session {
    events = List.copyOf(events);
  }
}
