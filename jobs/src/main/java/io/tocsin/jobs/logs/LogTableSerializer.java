// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.jobs.serialization.Block;
import io.tocsin.jobs.serialization.SimpleSerializer;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.logs.LogScorer;
import io.tocsin.models.logs.LogTable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and copies the table of a shard; the copy is deep, and each table says the versions that
 * it was written with.
 */
public final class LogTableSerializer extends SimpleSerializer<LogTable> {
  public static final LogTableSerializer INSTANCE = new LogTableSerializer();

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public LogTable createInstance() {
    return LogScorer.newTable(new BandDetector(BandSettings.DEFAULTS));
  }

  @Override
  public LogTable copy(LogTable from) {
    return from.copy();
  }

  @Override
  public void serialize(LogTable table, DataOutputView target) throws IOException {
    Block.write(table::writeTo, target);
  }

  @Override
  public LogTable deserialize(DataInputView source) throws IOException {
    return Block.read(LogTable::readFrom, source);
  }

  @Override
  public TypeSerializerSnapshot<LogTable> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The versions lie in the tables themselves. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogTable> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
