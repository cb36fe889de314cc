// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.prometheus.PrometheusAddress;
import io.tocsin.connectors.prometheus.RawSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What history is fetched, and where it goes.
 *
 * @param prometheus where it is
 * @param gateway where it goes
 * @param gatewayToken bearer token of the gateway, or empty
 * @param selectors series selectors of PromQL
 * @param labels for every series that does not have them
 * @param from its beginning
 * @param until its end, or nothing for now
 * @param window how much of it is asked for at once
 */
record BackfillSettings(
    PrometheusAddress prometheus,
    URI gateway,
    Secret gatewayToken,
    List<String> selectors,
    Map<String, String> labels,
    Instant from,
    @Nullable Instant until,
    Duration window) {
  BackfillSettings {
    selectors = List.copyOf(selectors);
    labels = Map.copyOf(labels);
    if (window.toMillis() < 1 || window.toMillis() > RawSamples.LONGEST_MILLIS) {
      throw new IllegalArgumentException("window must be longer than zero, and not years long");
    }
  }
}
