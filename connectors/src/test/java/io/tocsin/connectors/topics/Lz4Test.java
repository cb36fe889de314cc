// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jpountz.lz4.LZ4Factory;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Shippers may compress with lz4: the maintained fork must do what Kafka's client expects. */
class Lz4Test {
  @Test
  void aBatchCompressedWithLz4IsReadAsItWasWritten() {
    byte[] value = "a line of a log, and again ".repeat(500).getBytes(StandardCharsets.UTF_8);
    MemoryRecords batch =
        MemoryRecords.withRecords(
            Compression.lz4().build(), new SimpleRecord(value), new SimpleRecord(value));
    assertThat(batch.sizeInBytes()).isLessThan(value.length / 2);
    for (Record record : batch.records()) {
      assertThat(Utils.toArray(record.value())).isEqualTo(value);
    }
  }

  @Test
  void theOnlyLz4OnTheClassPathIsTheFork() {
    assertThat(LZ4Factory.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains("at/yawk");
  }
}
