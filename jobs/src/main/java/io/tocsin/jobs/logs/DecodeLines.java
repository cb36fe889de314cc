// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.connectors.logs.LogDecoder;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.logs.LogRejection;
import io.tocsin.connectors.logs.LogSink;
import io.tocsin.jobs.health.RecordCounters;
import io.tocsin.jobs.metrics.Shards;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.telemetry.DeadLetter;
import io.tocsin.models.telemetry.LogLine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records in the task that reads them, and gathers their lines by shard, so that many
 * travel as one. It holds nothing across a checkpoint or a mark of event time, so it needs no
 * state: what it holds goes out before.
 */
final class DecodeLines extends AbstractStreamOperator<LineBatch>
    implements OneInputStreamOperator<LogRecord, LineBatch> {
  static final OutputTag<DeadLetter> UNREADABLE =
      new OutputTag<>("unreadable", RecordType.DEAD_LETTERS.typeInformation());

  /** A batch is sent when it is so large, in bytes. */
  private static final int FULL = 64 << 10;

  private final List<LogInputSettings> inputs;
  private transient Map<String, LogDecoder> decoders = new HashMap<>();
  private transient @Nullable LineBatchWriter[] batches = {};
  private transient Map<LogRejection, Counter> flaws = new EnumMap<>(LogRejection.class);
  private transient @Nullable Lines lines;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter records;

  @SuppressWarnings("NullAway.Init") // open
  private transient RecordCounters rejected;

  DecodeLines(List<LogInputSettings> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoders = new HashMap<>();
    inputs.forEach(input -> decoders.put(input.topic(), LogDecoder.of(input)));
    batches = new LineBatchWriter[Shards.COUNT];
    lines = new Lines();
    flaws = new EnumMap<>(LogRejection.class);
    for (LogRejection reason : LogRejection.values()) {
      flaws.put(
          reason,
          getMetricGroup().addGroup("reason", reason.word()).counter("tocsin_log_flaws_total"));
    }
    records = getMetricGroup().counter("tocsin_log_records_total");
    rejected =
        new RecordCounters(
            getMetricGroup(),
            Arrays.stream(LogRejection.values())
                .filter(LogRejection::isLost)
                .map(LogRejection::word));
  }

  @Override
  public void processElement(StreamRecord<LogRecord> element) {
    LogRecord record = element.getValue();
    LogDecoder decoder = decoders.get(record.topic());
    if (record.offset() == LogRecordSchema.HEARTBEAT || decoder == null) {
      return;
    }
    records.inc();
    rejected.consumed();
    Lines sink = Objects.requireNonNull(lines);
    sink.record = record;
    decoder.decode(record.value(), 0, record.value().length, record.time(), sink);
  }

  /** Takes what a record holds. */
  private final class Lines implements LogSink {
    private @Nullable LogRecord record;

    @Override
    public void line(LogLine line) {
      LogRecord of = Objects.requireNonNull(record);
      int shard = Shards.of(line.source().hash());
      LineBatchWriter batch = batches[shard];
      if (batch == null) {
        batch = new LineBatchWriter(shard);
        batches[shard] = batch;
      }
      // Lines are in order within a partition only. The decoder's line is not changed for that: it
      // may be the same for all lines of a record.
      batch.add(line, of.stream(line.stream()));
      if (batch.length() >= FULL) {
        send(batch);
      }
    }

    @Override
    public void flawed(LogRejection reason) {
      count(reason);
    }

    @Override
    public void rejected(LogRejection reason, int from, int to) {
      count(reason);
      rejected.rejected(reason.word());
      output.collect(UNREADABLE, new StreamRecord<>(letter(reason, from, to)));
    }

    private DeadLetter letter(LogRejection reason, int from, int to) {
      LogRecord of = Objects.requireNonNull(record);
      return new DeadLetter(
          of.topic(),
          of.partition(),
          of.offset(),
          of.time(),
          reason.word(),
          reason.sentence(),
          ByteBuffer.wrap(of.value(), from, to - from));
    }
  }

  private void count(LogRejection reason) {
    Objects.requireNonNull(flaws.get(reason)).inc();
  }

  private void send(LineBatchWriter batch) {
    output.collect(new StreamRecord<>(batch.take()));
  }

  private void sendAll() {
    for (LineBatchWriter batch : batches) {
      if (batch != null && batch.length() > 0) {
        send(batch);
      }
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    sendAll();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    sendAll();
    super.prepareSnapshotPreBarrier(checkpoint);
  }

  @Override
  public void finish() throws Exception {
    sendAll();
    super.finish();
  }
}
