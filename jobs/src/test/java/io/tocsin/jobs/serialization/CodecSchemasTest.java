// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CodecSchemasTest {
  private static final Change CHANGE =
      new Change("c1", 5, "deploy", Entity.NONE, "checkout 1.2", "1.2", "", "");

  @Test
  void whatIsWrittenIsReadBackUnderTheKeyOfItsType() {
    ProducerRecord<byte[], byte[]> written =
        new CodecSerializationSchema<>(RecordType.CHANGES, "changes").serialize(CHANGE, null, 9L);
    assertThat(written.topic()).isEqualTo("changes");
    assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("c1");
    assertThat(written.timestamp()).isNull();
    assertThat(read(written.value()).value()).isEqualTo(CHANGE);
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterWithItsPlaceAndReason() {
    DeadLetter letter = read(new byte[] {1, 2, 3}).unreadable();
    assertThat(letter).isNotNull();
    assertThat(letter.topic()).isEqualTo("changes");
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isEqualTo(41);
    assertThat(letter.reason()).isEqualTo("not_avro");
    assertThat(letter.value().remaining()).isEqualTo(3);
  }

  @Test
  void aRecordWithoutAValueBecomesADeadLetter() {
    DeadLetter letter = read(null).unreadable();
    assertThat(letter).isNotNull();
    assertThat(letter.reason()).isEqualTo("no_value");
  }

  @Test
  void valuesGoOnAndDeadLettersGoAside() throws Exception {
    OneInputStreamOperatorTestHarness<Decoded<Change>, Change> harness =
        ProcessFunctionTestHarnesses.forProcessFunction(new SetAside<>("tocsin.findings"));
    harness.processElement(read(new byte[] {1}), 1);
    harness.processElement(Decoded.of(CHANGE), 2);
    assertThat(harness.extractOutputValues()).containsExactly(CHANGE);
    assertThat(harness.getSideOutput(SetAside.DEAD_LETTERS)).hasSize(1);
    harness.close();
  }

  private static Decoded<Change> read(byte[] value) {
    List<Decoded<Change>> out = new ArrayList<>();
    new CodecDeserializationSchema<>(RecordType.CHANGES)
        .deserialize(new ConsumerRecord<>("changes", 2, 41, null, value), new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }
}
