// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.deployment.AlertRules;
import io.tocsin.jobs.deployment.Compose;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;

/** What tells Prometheus of a cluster's metrics. */
final class Reporter {
  private Reporter() {}

  /**
   * The shipped options of Flink's reporter, but for the port, and for what no rule asks for: all
   * of it would be a megabyte.
   */
  static Configuration options(int port) throws IOException {
    Configuration options = new Configuration();
    Compose.flinkOptions()
        .forEach(
            (name, value) -> {
              if (name.startsWith("metrics.")) {
                options.setString(name, value);
              }
            });
    assertThat(options.keySet()).hasSizeGreaterThan(3);
    options.setString("metrics.reporter.prom.port", Integer.toString(port));
    Set<String> asked = new TreeSet<>(Set.of("tocsin_*"));
    AlertRules.metrics().stream()
        .filter(name -> name.startsWith("flink_"))
        .forEach(name -> asked.add(name.substring(name.lastIndexOf('_') + 1)));
    options.setString("metrics.reporter.prom.filter.includes", "*:" + String.join(",", asked));
    return options;
  }

  /** Where it answers. */
  static URI metrics(int port) {
    return URI.create("http://127.0.0.1:" + port + "/metrics");
  }
}
