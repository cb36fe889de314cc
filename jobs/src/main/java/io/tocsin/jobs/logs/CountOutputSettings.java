// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.connectors.config.Default;
import io.tocsin.connectors.config.Secret;
import io.tocsin.jobs.metrics.BandOutputSettings;
import io.tocsin.models.logs.CountedPatterns;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.telemetry.Severity;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * Where the counts of patterns are written, and of which patterns: errors first, then what is new,
 * then the most frequent ones.
 *
 * @param url remote-write URL of a Prometheus
 * @param bearerToken its token, or empty
 * @param waitingSamples how many samples may wait; more are dropped
 * @param services only of these, by the names that {@code ./tocsin patterns} lists; empty for all
 * @param severities only of these; empty for all
 * @param most so many of each service
 * @param ids these patterns in any case, by the ids that {@code ./tocsin patterns} lists
 */
public record CountOutputSettings(
    URI url,
    @Default("") Secret bearerToken,
    @Default("100000") int waitingSamples,
    List<Glob> services,
    List<Severity> severities,
    @Default("20") int most,
    List<String> ids)
    implements Serializable {
  public CountOutputSettings {
    services = List.copyOf(services);
    severities = List.copyOf(severities);
    ids = List.copyOf(ids);
    // Both refuse what is wrong, and name it as it is named here.
    BandOutputSettings unused = new BandOutputSettings(url, bearerToken, waitingSamples);
    CountedPatterns unusedToo = new CountedPatterns(services, severities, most, ids);
  }

  /** Writes to a Prometheus what is chosen unless told otherwise. */
  public static CountOutputSettings of(URI url) {
    CountedPatterns usual = CountedPatterns.DEFAULTS;
    return new CountOutputSettings(
        url,
        new Secret(""),
        100_000,
        usual.services(),
        usual.severities(),
        usual.most(),
        usual.ids());
  }

  BandOutputSettings output() {
    return new BandOutputSettings(url, bearerToken, waitingSamples);
  }

  CountedPatterns counted() {
    return new CountedPatterns(services, severities, most, ids);
  }
}
