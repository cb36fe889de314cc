// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.report.Scratch;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewayException;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.gateway.KafkaSettings;
import io.tocsin.connectors.gateway.ListenSettings;
import io.tocsin.connectors.page.PageSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.local.KafkaBroker;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Grouping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tocsin bench page}: how soon the incident page is there, and how long it takes. */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description = "The incident page: from the gateway's start to the first page, and its time.")
public final class PageBenchmark implements Callable<Integer> {
  private static final int WARM_UP = 50;
  private static final int MEASURED = 200;
  private static final long BEGIN = 1_790_000_000_000L;

  @Option(
      names = "--incidents",
      defaultValue = "500",
      description = "In the list; ${DEFAULT-VALUE} unless given.")
  private int incidents;

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Integer call() throws Exception {
    try (Scratch scratch = Scratch.create();
        KafkaBroker broker = KafkaBroker.start(scratch.directory())) {
      fill(broker.bootstrapServers());
      long begin = System.nanoTime();
      try (Gateway gateway = start(broker.bootstrapServers())) {
        get(gateway, "/incidents");
        double first = (System.nanoTime() - begin) / 1e6;
        awaitAll(gateway);
        double whole = (System.nanoTime() - begin) / 1e6;
        System.out.printf(
            "gateway's start to the first page %.0f ms, to all %d incidents %.0f ms%n",
            first, incidents, whole);
        measure(gateway, "/incidents", "the list of " + incidents);
        measure(gateway, "/incidents/" + id(1), "one incident");
      }
    }
    return 0;
  }

  private void fill(String bootstrapServers) throws TopicException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      new TopicCreator(admin, new TopicSettings(1, 1, 1, Duration.ofSeconds(30)))
          .ensure(List.of(Topic.values()));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < incidents; number++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topic.INCIDENTS.topicName(),
                    id(number).getBytes(StandardCharsets.UTF_8),
                    Codecs.INCIDENTS.encode(incident(number))));
      }
    }
  }

  private static Gateway start(String bootstrapServers) throws GatewayException {
    GatewaySettings usual = GatewaySettings.DEFAULTS;
    return Gateway.start(
        new GatewaySettings(
            new ListenSettings("127.0.0.1", 0, Duration.ofMinutes(1), 100, null),
            new KafkaSettings(bootstrapServers, Map.of(), TopicSettings.DEFAULTS),
            usual.limits(),
            null,
            usual.tenantHeader(),
            Duration.ZERO,
            List.of(),
            PageSettings.DEFAULTS,
            ChatSettings.DEFAULTS,
            usual.otlp()));
  }

  private void awaitAll(Gateway gateway) throws IOException, InterruptedException {
    while (!get(gateway, "/incidents").contains(id(incidents - 1))) {
      Thread.sleep(20);
    }
  }

  private void measure(Gateway gateway, String path, String what)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      long begin = System.nanoTime();
      bytes = get(gateway, path).length();
      if (i == 0 || i >= WARM_UP) {
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    }
    double first = millis.remove(0);
    Collections.sort(millis);
    System.out.printf(
        "%s, %d characters: first %.0f ms, then median %.1f ms, 99 of 100 within %.1f ms%n",
        what, bytes, first, millis.get(MEASURED / 2), millis.get(MEASURED * 99 / 100));
  }

  private String get(Gateway gateway, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(gateway.uri().resolve(path)).build(), BodyHandlers.ofString());
    return answer.body();
  }

  private static String id(int number) {
    return String.format("%016x", number + 1);
  }

  /** One like those of a real fault: some symptoms, some suspects with some reasons each. */
  private static Incident incident(int number) {
    long onset = BEGIN + number * 60_000L;
    boolean over = number % 10 != 0;
    List<Suspect> suspects = new ArrayList<>();
    List<Cleared> cleared = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Entity entity = new Entity("prod", "shop", "", "service-" + i, "", "");
      suspects.add(new Suspect(entity, 5 - i, 0.5 / (i + 1), onset, evidence(onset, 6)));
      cleared.add(
          new Cleared(entity, "deviates less than service-0", Cleared.Why.OTHER, Entity.NONE, 0));
    }
    return new Incident(
        id(number),
        over ? Incident.Transition.RESOLVED : Incident.Transition.OPENED,
        over ? 5 : 1,
        onset + 300_000,
        onset,
        onset + 20_000,
        over ? onset + 300_000 : 0,
        Severity.CRITICAL,
        new Entity("prod", "shop", "", "checkout", "", ""),
        "checkout: http_requests_total{code=\"500\"} is 7.53 /s, expected 0.023 /s",
        evidence(onset, 6),
        suspects,
        cleared,
        List.of(),
        40,
        Grouping.NONE);
  }

  private static List<Evidence> evidence(long onset, int count) {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      evidence.add(
          new Evidence(
              Evidence.Kind.METRIC,
              String.format("%016x", i),
              Labels.of("__name__", "http_requests_total", "code", "50" + i, "service", "payments"),
              "per_second",
              Direction.UP,
              onset,
              4.2,
              7.53,
              0.023,
              0,
              null));
    }
    return evidence;
  }
}
