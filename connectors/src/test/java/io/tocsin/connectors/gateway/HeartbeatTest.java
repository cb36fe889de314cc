// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.topics.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final Duration OFTEN = Duration.ofMillis(100);

  private Gateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void everyPartitionGetsAnEmptyBodyThatArrivesNow() throws Exception {
    HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
    long before = System.currentTimeMillis();
    start(sink, 3);
    await().until(() -> of("tocsin.metrics", sink).size() >= 9);
    List<ProducerRecord<byte[], byte[]>> records = of("tocsin.metrics", sink).subList(0, 9);
    assertThat(records)
        .extracting(ProducerRecord::partition)
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    for (ProducerRecord<byte[], byte[]> record : records) {
      assertThat(record.topic()).isEqualTo("tocsin.metrics");
      assertThat(record.key()).isNull();
      assertThat(record.value()).containsExactly(0);
      assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
      assertThat(record.headers().lastHeader(RecordHeaders.PROTOCOL).value())
          .isEqualTo("1".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(failures()).isZero();
  }

  @Test
  void theLogsHaveOneOfTheirOwnThatHoldsNoLine() throws Exception {
    HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
    start(sink, 1);
    await().until(() -> of("tocsin.logs", sink).size() >= 2);
    ProducerRecord<byte[], byte[]> record = of("tocsin.logs", sink).get(0);
    assertThat(record.partition()).isZero();
    assertThat(record.value()).isEmpty();
    assertThat(record.headers().lastHeader(RecordHeaders.HEARTBEAT)).isNotNull();
  }

  private static List<ProducerRecord<byte[], byte[]>> of(String topic, HeldSink sink) {
    return List.copyOf(sink.records).stream()
        .filter(record -> record.topic().equals(topic))
        .toList();
  }

  @Test
  void itsBodyIsRightAndHoldsNothing() throws Exception {
    HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
    start(sink, 1);
    await().until(() -> !sink.records.isEmpty());
    RemoteWriteCheck check = new RemoteWriteCheck(RemoteWriteLimits.DEFAULTS);
    assertThat(check.check(sink.records.get(0).value(), Protocol.V1)).isNull();
    assertThat(check.contents()).isEqualTo(new RemoteWriteCheck.Contents(0, 0, 0, Long.MIN_VALUE));
  }

  @Test
  void noneIsWrittenWhileKafkaIsNotReady() throws Exception {
    HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
    sink.ready = false;
    start(sink, 3);
    await().until(() -> sink.looks.get() >= 3);
    assertThat(sink.records).isEmpty();
    sink.ready = true;
    await().until(() -> !sink.records.isEmpty());
  }

  @Test
  void aPartitionGetsNoSecondOneWhileItsFirstIsUnderWay() throws Exception {
    HeldSink sink = HeldSink.holding();
    start(sink, 2);
    await().until(() -> sink.looks.get() >= 4);
    assertThat(sink.records).extracting(ProducerRecord::partition).containsExactly(0, 1, 0);
    sink.tell(Delivery.WRITTEN);
    await().until(() -> sink.records.size() == 4);
    assertThat(sink.records.get(3).partition()).isZero();
  }

  @Test
  void whatKafkaDoesNotAcknowledgeIsCounted() throws Exception {
    start(HeldSink.telling(Delivery.UNSURE), 2);
    await().until(() -> failures() >= 4);
  }

  @Test
  void itEndsWithTheGateway() throws Exception {
    start(HeldSink.telling(Delivery.WRITTEN), 1);
    assertThat(beats()).isTrue();
    gateway.close();
    await().until(() -> !beats());
  }

  @Test
  void withoutAnIntervalThereIsNone() throws Exception {
    HeldSink sink = HeldSink.telling(Delivery.WRITTEN);
    sink.partitions = 3;
    gateway = Gateway.start(Settings.withHeartbeat(Duration.ZERO), sink);
    assertThat(beats()).isFalse();
  }

  private void start(HeldSink sink, int partitions) throws GatewayException {
    sink.partitions = partitions;
    gateway = Gateway.start(Settings.withHeartbeat(OFTEN), sink);
  }

  private double failures() throws Exception {
    return new Client(gateway).metric("tocsin_gateway_heartbeat_failures_total");
  }

  private static boolean beats() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("gateway-heartbeat"));
  }
}
