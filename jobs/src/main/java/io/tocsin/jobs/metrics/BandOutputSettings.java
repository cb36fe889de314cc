// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.config.Default;
import io.tocsin.connectors.config.Secret;
import java.io.Serializable;
import java.net.URI;

/**
 * Where score and band of chosen series are written.
 *
 * @param url remote-write URL of a Prometheus
 * @param bearerToken its token, or empty
 * @param waitingSamples how many samples may wait; more are dropped
 */
public record BandOutputSettings(
    URI url, @Default("") Secret bearerToken, @Default("100000") int waitingSamples)
    implements Serializable {
  public BandOutputSettings {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("url must begin with http:// or https://");
    }
    if (waitingSamples < 1) {
      throw new IllegalArgumentException("waitingSamples must be 1 or more");
    }
  }
}
