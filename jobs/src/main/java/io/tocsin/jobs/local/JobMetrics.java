// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** Where Prometheus finds the jobs' metrics. */
record JobMetrics(URI uri) {
  private static final String REPORTER = "prom";

  /**
   * At a port of the loopback address.
   *
   * @param port 0 for any free one
   * @throws LocalRunException when one cannot listen there
   */
  static JobMetrics at(int port) {
    Ports.requireFree("127.0.0.1", port, "choose another with --metrics-port");
    // The reporter does not tell which port it has found.
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return new JobMetrics(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/metrics"));
    } catch (IOException e) {
      throw new LocalRunException("No port is free: %s.".formatted(Causes.first(e)), e);
    }
  }

  /** Flink's options that serve them there. */
  Configuration options() {
    Configuration options = new Configuration();
    options.set(MetricOptions.REPORTERS_LIST, REPORTER);
    Configuration reporter = MetricOptions.forReporter(options, REPORTER);
    reporter.set(MetricOptions.REPORTER_FACTORY_CLASS, PrometheusReporterFactory.class.getName());
    reporter.setString("port", Integer.toString(uri.getPort()));
    // Labels keep the words of the code: each hyphen would become an underscore.
    reporter.setString("filterLabelValueCharacters", "false");
    return options;
  }
}
