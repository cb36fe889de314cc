// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.jobs.health.RecordCounters;
import io.tocsin.models.telemetry.DeadLetter;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets values through and sets unreadable records aside: as dead letters, which go to the side
 * output and are counted.
 */
public final class SetAside<T> extends ProcessFunction<Decoded<T>, T> {
  /** Where dead letters come out. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", RecordType.DEAD_LETTERS.typeInformation());

  private transient @Nullable RecordCounters records;

  @Override
  public void open(OpenContext context) {
    records =
        new RecordCounters(
            getRuntimeContext().getMetricGroup(), CodecDeserializationSchema.REASONS.stream());
  }

  @Override
  public void processElement(Decoded<T> decoded, Context context, Collector<T> out) {
    RecordCounters counters = Objects.requireNonNull(records);
    counters.consumed();
    T value = decoded.value();
    if (value != null) {
      out.collect(value);
      return;
    }
    DeadLetter letter = decoded.unreadable();
    if (letter != null) {
      counters.rejected(letter.reason());
      context.output(DEAD_LETTERS, letter);
    }
  }
}
