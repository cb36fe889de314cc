// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.topics.TopicSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewaySettingsTest {
  @TempDir Path folder;

  @Test
  void aFileSetsWhatItNamesAndLeavesTheRest() throws Exception {
    GatewaySettings settings =
        read(
            """
            listen: {port: 0, tls: {certificate: server.crt, key: server.key}}
            kafka:
              bootstrapServers: kafka-0:9092,kafka-1:9092
              properties: {security.protocol: SASL_SSL, sasl.jaas.config: "${env:JAAS}"}
              topics: {replicationFactor: 3}
            limits: {inFlightBytes: 64MiB, remoteWrite: {maxLabels: 40}}
            bearerToken: ${env:TOKEN}
            heartbeat: 0s
            """,
            Map.of("TOKEN", "canary-1", "JAAS", "canary-2"));
    assertThat(settings.listen().host()).isEqualTo("127.0.0.1");
    assertThat(settings.kafka().topics().replicationFactor()).isEqualTo(3);
    assertThat(settings.limits().inFlightBytes()).isEqualTo(64L << 20);
    assertThat(settings.limits().remoteWrite().maxLabels()).isEqualTo(40);
    assertThat(settings.heartbeat()).isZero();
    assertThat(settings.bearerToken()).isEqualTo(new Secret("canary-1"));
    assertThat(settings.toString()).doesNotContain("canary");
  }

  @Test
  void aCollectorIsNamedByTheFileOrByTheUsualVariable() throws Exception {
    Path file = folder.resolve("gateway.yaml");
    Files.writeString(file, "listen: {port: 0}\notlp: {endpoint: 'http://canary@c:4318'}\n");
    Map<String, String> wrong = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "canary");

    assertThat(read("otlp: {endpoint: http://c:4318}", Map.of()).otlp().endpoint())
        .hasToString("http://c:4318");
    assertThat(problems(file, Map.of())).contains("otlp.endpoint: must be like");
    assertThat(problems(file, wrong)).contains("OTEL_EXPORTER_OTLP_ENDPOINT must be like");
    assertThat(problems(file, wrong)).doesNotContain("canary");
  }

  private static String problems(Path file, Map<String, String> environment) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        GatewayMain.run(
            new String[] {"--config", file.toString()},
            environment,
            new PrintStream(errors, true, StandardCharsets.UTF_8));
    assertThat(status).isEqualTo(GatewayMain.WRONG_USE);
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void allProblemsOfAFileAreReported() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    listen: {port: 70000, tls: {certificate: server.crt}}
                    kafka: {bootstrapServers: kafka, propertys: {}}
                    limits: {deadline: 1ms}
                    """,
                    Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("keyStorePassword")
        .hasMessageContaining("propertys")
        .hasMessageContaining("deadline");
  }

  @Test
  void everyValueOutOfItsRangeIsReportedWithItsPath() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    listen: {port: 123456, idleTimeout: 0s}
                    kafka: {bootstrapServers: kafka, topics: {metricsPartitions: -3}}
                    limits: {maxRequests: 0, remoteWrite: {maxSeries: 0, maxLabels: 0}}
                    bearerToken: ""
                    """,
                    Map.of()))
        .hasMessage(
            """
            8 problems in gateway.yaml:
              - listen.port: must be from 0 to 65535 (line 1, column 16)
              - listen.idleTimeout: must be longer than zero (line 1, column 37)
              - kafka.bootstrapServers: must be host:port, more of them separated by commas\
             (line 2, column 27)
              - kafka.topics.metricsPartitions: must be 1 or more (line 2, column 62)
              - limits.maxRequests: must be 1 or more (line 3, column 23)
              - limits.remoteWrite.maxSeries: is 0, it must be from 1 to 10000000\
             (line 3, column 51)
              - limits.remoteWrite.maxLabels: is 0, it must be from 1 to 1024 (line 3, column 65)
              - bearerToken: is empty; give a value or remove the key (line 4, column 14)\
            """);
  }

  @Test
  void settingsThatBreakAPromiseAreRefused() {
    assertRefused(
        () -> new KafkaSettings("k:1", Map.of("acks", new Secret("1")), topics()), "acks");
    assertRefused(() -> new KafkaSettings("k", Map.of(), topics()), "bootstrapServers");
    assertRefused(() -> limits(34 << 20, 1L << 30, 10), "maxBodyBytes");
    assertRefused(() -> limits(1 << 20, 1, 10), "inFlightBytes");
    assertRefused(() -> limits(1 << 20, 1L << 30, 0), "maxRequests");
    assertRefused(() -> new TlsSettings(null, null, null, null), "tls");
    assertRefused(() -> new ListenSettings("", 1, Duration.ofSeconds(1), 1, null), "host");
    assertRefused(() -> new ListenSettings("h", 1, Duration.ZERO, 1, null), "idleTimeout");
    assertRefused(() -> Settings.withHeartbeat(Duration.ofMillis(99)), "heartbeat");
    assertRefused(() -> Settings.withHeartbeat(Duration.ofSeconds(-1)), "heartbeat");
  }

  @Test
  void theProducerWaitsForAllReplicasAndGivesUpBeforeTheSenderDoes() {
    Map<String, Object> properties =
        KafkaRecordSink.producerProperties(KafkaSettings.DEFAULTS, LimitSettings.DEFAULTS);
    assertThat(properties)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("delivery.timeout.ms", 20_000);
    assertThat((int) properties.get("max.request.size"))
        .isGreaterThan(LimitSettings.DEFAULTS.remoteWrite().maxBodyBytes());
    assertThat((long) properties.get("buffer.memory"))
        .isGreaterThan(LimitSettings.DEFAULTS.inFlightBytes());
  }

  @Test
  void onlyARecordThatIsTooLargeIsHopeless() {
    assertThat(Delivery.of(null)).isEqualTo(Delivery.WRITTEN);
    assertThat(Delivery.of(new TimeoutException())).isEqualTo(Delivery.UNSURE);
    assertThat(Delivery.of(new NotEnoughReplicasException("1 of 2"))).isEqualTo(Delivery.UNSURE);
    assertThat(Delivery.of(new RecordTooLargeException())).isEqualTo(Delivery.TOO_LARGE);
  }

  @Test
  void theProgramSaysHowItIsUsedAndWhatIsWrong() throws Exception {
    assertThat(run()).isEqualTo("2 usage: gateway --config FILE\n");
    Path missing = folder.resolve("missing.yaml");
    assertThat(run("--config", missing.toString())).startsWith("2 ").contains("missing.yaml");
    Path unusable = folder.resolve("gateway.yaml");
    Files.writeString(
        unusable,
        "listen: {port: 0, tls: {certificate: "
            + missing
            + ", key: "
            + missing
            + "}}\nkafka: {bootstrapServers: '127.0.0.1:1'}\n");
    assertThat(run("--config", unusable.toString())).startsWith("1 ").contains("listen.tls");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        GatewayMain.run(arguments, Map.of(), new PrintStream(errors, true, StandardCharsets.UTF_8));
    return status + " " + errors.toString(StandardCharsets.UTF_8);
  }

  private static TopicSettings topics() {
    return KafkaSettings.DEFAULTS.topics();
  }

  private static LimitSettings limits(int bodyBytes, long inFlightBytes, int maxRequests) {
    return new LimitSettings(
        new RemoteWriteLimits(bodyBytes, 1 << 25, 9, 9, 9, 9, 9, 9, 9),
        100,
        inFlightBytes,
        maxRequests,
        Duration.ofSeconds(5));
  }

  private static void assertRefused(ThrowingCallable settings, String component) {
    assertThatThrownBy(settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(component);
  }

  private static GatewaySettings read(String yaml, Map<String, String> environment)
      throws ConfigException {
    return ConfigReader.read(
        GatewaySettings.class,
        GatewaySettings.DEFAULTS,
        new ConfigText("gateway.yaml", yaml),
        environment);
  }
}
