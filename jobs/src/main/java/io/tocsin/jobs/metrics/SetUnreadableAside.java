// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.jobs.health.RecordCounters;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.telemetry.DeadLetter;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Passes batches on, and what could not be read to its own output, counted; drops empty ones. */
final class SetUnreadableAside extends ProcessFunction<ShardBatch, ShardBatch> {
  static final OutputTag<DeadLetter> UNREADABLE =
      new OutputTag<>("unreadable", RecordType.DEAD_LETTERS.typeInformation());

  private transient @Nullable RecordCounters records;

  @Override
  public void open(OpenContext context) {
    records =
        new RecordCounters(
            getRuntimeContext().getMetricGroup(),
            Arrays.stream(Rejection.Reason.values()).map(Rejection.Reason::word));
  }

  @Override
  public void processElement(ShardBatch batch, Context context, Collector<ShardBatch> out)
      throws Exception {
    if (batch.shard() == ShardBatch.UNREADABLE) {
      DeadLetter letter = Codecs.DEAD_LETTERS.decode(batch.extras());
      context.output(UNREADABLE, letter);
      if (records != null) {
        records.rejected(letter.reason());
      }
    } else if (batch.shard() != ShardBatch.EMPTY) {
      out.collect(batch);
    }
  }
}
