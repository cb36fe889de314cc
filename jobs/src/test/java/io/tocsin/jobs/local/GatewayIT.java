// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.gateway.Gateway;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.connectors.gateway.KafkaSettings;
import io.tocsin.connectors.gateway.LimitSettings;
import io.tocsin.connectors.gateway.ListenSettings;
import io.tocsin.connectors.otlp.OtlpSettings;
import io.tocsin.connectors.page.PageSettings;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.RemoteWriteHeaders;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicCreator;
import io.tocsin.connectors.topics.TopicException;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway and its topics against a real broker. */
class GatewayIT {
  @TempDir private static Path directory;
  private static KafkaBroker broker;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void deleteTopics() throws Exception {
    BrokerTopics.delete(broker.bootstrapServers());
  }

  @Test
  void theTopicsAreCreatedAsDeclaredAndFoundTheNextTime() throws Exception {
    TopicSettings settings = new TopicSettings(1, 3, 2, Duration.ofSeconds(30));
    try (Admin admin = admin()) {
      TopicCreator creator = new TopicCreator(admin, settings);
      creator.ensure(List.of(Topic.values()));
      creator.ensure(List.of(Topic.values()));
      Map<String, TopicDescription> found =
          admin
              .describeTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList())
              .allTopicNames()
              .get();
      assertThat(found.get("tocsin.metrics").partitions()).hasSize(3);
      assertThat(found.get("tocsin.logs").partitions()).hasSize(2);
      assertThat(found.get("tocsin.findings").partitions()).hasSize(1);
    }
  }

  @Test
  void findingsWithTwoPartitionsAreAnErrorThatSaysWhy() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic("tocsin.findings", 2, (short) 1))).all().get();
      TopicCreator creator = new TopicCreator(admin, TopicSettings.DEFAULTS);
      assertThatThrownBy(() -> creator.ensure(List.of(Topic.FINDINGS)))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("tocsin.findings has 2 partitions")
          .hasMessageContaining("exactly 1");
    }
    try (Gateway gateway = gateway(Duration.ofSeconds(10))) {
      await().until(() -> get(gateway, "/-/ready").body().contains("exactly 1"));
      assertThat(get(gateway, "/-/ready").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void whatIsAcknowledgedIsInKafkaByteForByte() throws Exception {
    try (Gateway gateway = gateway(Duration.ofSeconds(20))) {
      await().atMost(Duration.ofSeconds(30)).until(gateway::ready);
      byte[] small = body(1, 3);
      byte[] large = body(2, 4_000);
      assertThat(large.length).isGreaterThan(2 << 20);
      assertThat(write(gateway, small).statusCode()).isEqualTo(204);
      assertThat(write(gateway, large).headers().firstValue(RemoteWriteHeaders.SAMPLES_WRITTEN))
          .hasValue("4000");
      List<ConsumerRecord<byte[], byte[]>> records = read(Topic.METRICS);
      assertThat(records).extracting(ConsumerRecord::value).containsExactly(small, large);
      assertThat(
              new String(
                  records.get(0).headers().lastHeader("tocsin-protocol").value(),
                  StandardCharsets.UTF_8))
          .isEqualTo("1");
      HttpRequest change =
          HttpRequest.newBuilder(gateway.uri().resolve("/api/v1/changes"))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"kind\": \"deploy\", \"service\": \"cart\", \"title\": \"cart 2.0\"}"))
              .build();
      assertThat(http.send(change, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
      assertThat(Codecs.CHANGES.decode(read(Topic.CHANGES).get(0).value()).title())
          .isEqualTo("cart 2.0");
    }
  }

  @Test
  void everyPartitionOfTheMetricsGetsHeartbeatsAlsoAfterTheBrokerWasAway() throws Exception {
    try (Gateway gateway = beatingGateway()) {
      await().atMost(Duration.ofSeconds(30)).until(gateway::ready);
      await().atMost(Duration.ofSeconds(30)).until(() -> Set.copyOf(beaten()).size() == 8);
      broker.kill();
      broker.restart();
      int before = beaten().size();
      await().atMost(Duration.ofSeconds(60)).until(() -> beaten().size() >= before + 16);
      assertThat(read(Topic.METRICS)).allMatch(record -> record.value().length == 1);
    }
  }

  /** The partition of each record of the metrics. */
  private List<Integer> beaten() {
    return read(Topic.METRICS).stream().map(ConsumerRecord::partition).toList();
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheBrokerIsKilled() throws Exception {
    try (Gateway gateway = gateway(Duration.ofSeconds(5))) {
      await().atMost(Duration.ofSeconds(30)).until(gateway::ready);
      Set<ByteBuffer> acknowledged = ConcurrentHashMap.newKeySet();
      Set<Integer> statuses = ConcurrentHashMap.newKeySet();
      AtomicInteger sent = new AtomicInteger();
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        senders.add(new Thread(() -> sendUntil(stop, gateway, sent, acknowledged, statuses)));
      }
      senders.forEach(Thread::start);
      for (int kill = 0; kill < 3; kill++) {
        awaitMore(acknowledged, 50);
        broker.kill();
        broker.restart();
      }
      awaitMore(acknowledged, 50);
      stop.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
      List<ConsumerRecord<byte[], byte[]>> records = read(Topic.METRICS);
      Set<ByteBuffer> present = new HashSet<>();
      records.forEach(record -> present.add(ByteBuffer.wrap(record.value())));
      System.out.printf(
          "%d sent, %d acknowledged, 3 kills, %d lost, %d duplicated, statuses %s%n",
          sent.get(),
          acknowledged.size(),
          acknowledged.stream().filter(body -> !present.contains(body)).count(),
          records.size() - present.size(),
          statuses);
      assertThat(present).containsAll(acknowledged);
      assertThat(statuses).isSubsetOf(204, 503);
    }
  }

  @Test
  void batchesCompressedWithLz4PassThroughTheBroker() throws Exception {
    try (Admin admin = admin()) {
      new TopicCreator(admin, TopicSettings.DEFAULTS).ensure(List.of(Topic.LOGS));
    }
    byte[] line = "a line of a log ".repeat(200).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topic.LOGS.topicName(), line)).get();
    }
    assertThat(read(Topic.LOGS)).singleElement().extracting(ConsumerRecord::value).isEqualTo(line);
  }

  private void sendUntil(
      AtomicBoolean stop,
      Gateway gateway,
      AtomicInteger sent,
      Set<ByteBuffer> acknowledged,
      Set<Integer> statuses) {
    while (!stop.get()) {
      byte[] body = body(sent.incrementAndGet(), 5);
      try {
        int status = write(gateway, body).statusCode();
        statuses.add(status);
        if (status == 204) {
          acknowledged.add(ByteBuffer.wrap(body));
        }
      } catch (IOException | InterruptedException e) {
        statuses.add(0);
      }
    }
  }

  @Test
  void anIncidentHasOneTraceHoweverOftenGatewaysStart() throws Exception {
    List<Span> spans = new CopyOnWriteArrayList<>();
    AtomicReference<String> alerts = new AtomicReference<>("[]");
    HttpServer others = others(spans, alerts);
    try {
      try (Gateway gateway = tracing(others)) {
        await().atMost(Duration.ofSeconds(30)).until(gateway::ready);
        await().atMost(Duration.ofSeconds(30)).until(() -> tracedUpTo() == 0);
        write(Topic.FINDINGS, Codecs.FINDINGS.encode(FindingsRecord.of(Traced.FINDING)));
        write(Topic.INCIDENTS, Codecs.INCIDENTS.encode(Traced.incident(Transition.OPENED, 1)));
      }
      assertThat(spans).isEmpty();

      alerts.set(Traced.ALERT);
      try (Gateway gateway = tracing(others);
          Gateway second = tracing(others)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.ready() && second.ready());
        await().atMost(Duration.ofSeconds(60)).until(() -> tracedUpTo() == 1);
        write(Topic.INCIDENTS, Codecs.INCIDENTS.encode(Traced.incident(Transition.RESOLVED, 2)));
        await().atMost(Duration.ofSeconds(60)).until(() -> tracedUpTo() == 2);
      }
      await().untilAsserted(() -> assertThat(spans).hasSize(4));
      Map<String, Span> byName = spans.stream().collect(Collectors.toMap(Span::getName, s -> s));
      assertThat(byName.get("sent").getParentSpanId())
          .isEqualTo(byName.get("incident").getSpanId());
      assertThat(byName.get("incident").getParentSpanId())
          .isEqualTo(byName.get("finding").getSpanId());
      assertThat(byName.get("finding").getParentSpanId())
          .isEqualTo(byName.get("sample").getSpanId());
      assertThat(byName.get("finding").getStartTimeUnixNano())
          .isEqualTo(Traced.FINDING.arrival() * 1_000_000);
      assertThat(spans.stream().map(Span::getTraceId).distinct()).hasSize(1);
    } finally {
      others.stop(0);
    }
  }

  /** A collector and an Alertmanager. */
  private static HttpServer others(List<Span> spans, AtomicReference<String> alerts)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
              .getResourceSpansList()
              .forEach(of -> of.getScopeSpansList().forEach(in -> spans.addAll(in.getSpansList())));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          byte[] answer = alerts.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Gateway tracing(HttpServer others) throws Exception {
    String url = "http://127.0.0.1:" + others.getAddress().getPort();
    OtlpSettings otlp = OtlpSettings.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url));
    return gateway(
        LimitSettings.DEFAULTS, Duration.ZERO, List.of(AlertmanagerAddress.of(url)), otlp);
  }

  /** Up to where traces are told; -1 before it is known from where. */
  private long tracedUpTo() throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets("tocsin-gateway-traces")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .max()
          .orElse(-1);
    }
  }

  private static void write(Topic topic, byte[] record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic.topicName(), new byte[] {1}, record)).get();
    }
  }

  private static void awaitMore(Set<ByteBuffer> acknowledged, int count) {
    int wanted = acknowledged.size() + count;
    await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= wanted);
  }

  private Gateway gateway(Duration deadline) throws Exception {
    LimitSettings limits =
        new LimitSettings(LimitSettings.DEFAULTS.remoteWrite(), 1 << 20, 64L << 20, 100, deadline);
    return gateway(limits, Duration.ZERO, List.of(), OtlpSettings.DEFAULTS);
  }

  private Gateway beatingGateway() throws Exception {
    return gateway(
        LimitSettings.DEFAULTS, Duration.ofMillis(100), List.of(), OtlpSettings.DEFAULTS);
  }

  private static Gateway gateway(
      LimitSettings limits,
      Duration heartbeat,
      List<AlertmanagerAddress> alertmanagers,
      OtlpSettings otlp)
      throws Exception {
    return Gateway.start(
        new GatewaySettings(
            new ListenSettings("127.0.0.1", 0, Duration.ofSeconds(60), 100, null),
            new KafkaSettings(broker.bootstrapServers(), Map.of(), TopicSettings.DEFAULTS),
            limits,
            null,
            "X-Scope-OrgID",
            heartbeat,
            alertmanagers,
            PageSettings.DEFAULTS,
            ChatSettings.DEFAULTS,
            otlp));
  }

  private HttpResponse<String> write(Gateway gateway, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri().resolve("/api/v1/write"))
            .header("Content-Type", RemoteWriteHeaders.contentType(Protocol.V1))
            .header("Content-Encoding", RemoteWriteHeaders.ENCODING)
            .header("X-Tocsin-Sender", "test")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(Gateway gateway, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(gateway.uri().resolve(path)).build(), BodyHandlers.ofString());
  }

  /** A body that no other seed gives, of series with names that hardly compress. */
  private static byte[] body(int seed, int series) {
    Random random = new Random(seed);
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    for (int i = 0; i < series; i++) {
      StringBuilder noise = new StringBuilder();
      random.ints(600, '0', 'z').forEach(c -> noise.append((char) c));
      Labels labels = Labels.of("__name__", "noise", "seed", seed + "-" + noise);
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1_700_000_000_000L, i);
    }
    return encoder.finish();
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** All records of a topic, in the order of their partitions and offsets. */
  private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(partition -> new TopicPartition(topic.topicName(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      }
    }
    return records;
  }
}
