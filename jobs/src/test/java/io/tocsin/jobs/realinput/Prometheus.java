// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Prometheus that scrapes a machine and a service every 2 s and writes what it gets to the
 * gateway, within a second.
 */
final class Prometheus implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 2s
        scrape_timeout: 2s
      scrape_configs:
        - job_name: node
          static_configs:
            - targets: ['%s']
              labels: {node: node-1}
        - job_name: checkout
          static_configs:
            - targets: ['%s']
              labels: {namespace: shop, service: checkout}
      remote_write:
        - url: %s
          queue_config: {batch_send_deadline: 1s}
      """;

  private final URI uri;
  private final RealProcess process;

  Prometheus(Path directory, List<String> targets, URI remoteWrite) throws IOException {
    Path home = Files.createTempDirectory(directory, "prometheus");
    Files.writeString(
        home.resolve("prometheus.yml"),
        CONFIGURATION.formatted(targets.get(0), targets.get(1), remoteWrite));
    int port = RealProcess.freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    process =
        RealProcess.start(
            DebianProgram.PROMETHEUS,
            List.of(
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port),
            home,
            uri.resolve("/-/ready"));
  }

  /** The sum of one of its own metrics over all series. */
  double own(String metric) throws IOException, InterruptedException {
    return Http.text(uri.resolve("/metrics"))
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    process.close();
  }
}
