// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Alertmanager that notifies a webhook of everything at once. */
public final class Alertmanager implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      route:
        receiver: sink
        group_by: ['...']
        group_wait: 0s
        group_interval: 1s
        repeat_interval: 1h
      receivers:
        - name: sink
          webhook_configs:
            - url: %s
              send_resolved: true
      """;

  private final URI uri;
  private final RealProcess process;

  /** What it knows of an alert that fires. */
  record Firing(
      Map<String, String> labels,
      Map<String, String> annotations,
      Instant startsAt,
      String fingerprint) {
    String name() {
      return labels.getOrDefault("alertname", "");
    }
  }

  public Alertmanager(Path directory, URI webhook) throws IOException {
    Path home = Files.createTempDirectory(directory, "alertmanager");
    Files.writeString(home.resolve("alertmanager.yml"), CONFIGURATION.formatted(webhook));
    int port = RealProcess.freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    process =
        RealProcess.start(
            DebianProgram.ALERTMANAGER,
            List.of(
                "--config.file=alertmanager.yml",
                "--storage.path=data",
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port),
            home,
            uri.resolve("/-/ready"));
  }

  public URI uri() {
    return uri;
  }

  /** The alerts that fire now. */
  List<Firing> firing() throws IOException, InterruptedException {
    List<Firing> all = new ArrayList<>();
    for (JsonNode alert : Http.json(uri.resolve("/api/v2/alerts?active=true"))) {
      all.add(
          new Firing(
              texts(alert.path("labels")),
              texts(alert.path("annotations")),
              Instant.parse(alert.path("startsAt").asText()),
              alert.path("fingerprint").asText()));
    }
    return all;
  }

  /** Those of one name. */
  List<Firing> firing(String alertname) throws IOException, InterruptedException {
    return firing().stream().filter(alert -> alert.name().equals(alertname)).toList();
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  @Override
  public void close() {
    process.close();
  }
}
