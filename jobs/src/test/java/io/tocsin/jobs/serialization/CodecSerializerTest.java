// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.Entity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class CodecSerializerTest {
  private static final FindingsRecord PROGRESS =
      FindingsRecord.of(new Progress("metrics", 1_700_000_000_000L, List.of(Entity.NONE)));

  @Test
  void aRecordSurvivesTheRoundTrip() throws Exception {
    TypeSerializer<FindingsRecord> serializer = serializer(RecordType.FINDINGS);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(PROGRESS, out);
    serializer.serialize(PROGRESS, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in)).isEqualTo(PROGRESS);
    assertThat(serializer.deserialize(in)).isEqualTo(PROGRESS);
    assertThat(in.available()).isZero();
  }

  @Test
  void bytesAreCopiedWithoutBeingRead() throws Exception {
    TypeSerializer<FindingsRecord> serializer = serializer(RecordType.FINDINGS);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(PROGRESS, out);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
  }

  @Test
  void bothSidesOfADecodedRecordSurviveTheRoundTrip() throws Exception {
    Change change = new Change("1", 5, "deploy", Entity.NONE, "checkout 1.2", "1.2", "", "");
    DeadLetter letter =
        new DeadLetter("changes", 0, 7, 5, "not_avro", "?", ByteBuffer.wrap(new byte[] {1}));
    TypeSerializer<Decoded<Change>> serializer = serializer(RecordType.CHANGES.decoded());
    for (Decoded<Change> decoded :
        List.of(Decoded.of(change), Decoded.<Change>unreadable(letter))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(decoded, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .isEqualTo(decoded);
    }
  }

  @Test
  void aSavepointRestoresTheSerializerByName() throws Exception {
    TypeSerializer<Decoded<FindingsRecord>> serializer = serializer(RecordType.FINDINGS.decoded());
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<Decoded<FindingsRecord>> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(serializer);
    assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(read))
        .matches(compatibility -> compatibility.isCompatibleAsIs());
  }

  @Test
  void anotherTypeOrALaterVersionIsRefused() {
    CodecSerializerSnapshot<?> snapshot = new CodecSerializerSnapshot<>();
    assertThatThrownBy(
            () ->
                snapshot.readSnapshot(2, new DataInputDeserializer(), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("later release");
    assertThatThrownBy(() -> RecordType.named("decoded-nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void theTypeIsTheSameAfterItWasShipped() throws Exception {
    RecordType<Decoded<Change>> type = RecordType.CHANGES.decoded();
    assertThat(InstantiationUtil.clone(type)).isEqualTo(type);
    assertThat(InstantiationUtil.clone(RecordType.ALERTS)).isSameAs(RecordType.ALERTS);
  }

  private static <T> TypeSerializer<T> serializer(RecordType<T> type) {
    return type.typeInformation().createSerializer(new SerializerConfigImpl());
  }
}
