// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.jobs.serialization.SerializerTypeInformation;
import io.tocsin.jobs.serialization.SimpleSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link LogRecord}. For edges only; no state holds records. */
public final class LogRecordSerializer extends SimpleSerializer<LogRecord> {
  public static final LogRecordSerializer INSTANCE = new LogRecordSerializer();

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public LogRecord createInstance() {
    return new LogRecord("", 0, 0, 0, new byte[0]);
  }

  @Override
  public LogRecord copy(LogRecord from) {
    return from;
  }

  @Override
  public void serialize(LogRecord record, DataOutputView target) throws IOException {
    target.writeUTF(record.topic());
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.time());
    target.writeInt(record.value().length);
    target.write(record.value());
  }

  @Override
  public LogRecord deserialize(DataInputView source) throws IOException {
    String topic = source.readUTF();
    int partition = source.readInt();
    long offset = source.readLong();
    long time = source.readLong();
    byte[] value = new byte[source.readInt()];
    source.readFully(value);
    return new LogRecord(topic, partition, offset, time, value);
  }

  @Override
  public TypeSerializerSnapshot<LogRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The format has no version: it never outlives a job. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  static TypeInformation<LogRecord> typeInformation() {
    return new SerializerTypeInformation<>(LogRecord.class, INSTANCE);
  }
}
