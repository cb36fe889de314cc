// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.jobs.health.Cost;
import io.tocsin.jobs.metrics.EntityEntries;
import io.tocsin.jobs.metrics.EntityEntriesSerializer;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.entities.EntryBuffer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.logs.LineFate;
import io.tocsin.models.logs.LogListener;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.logs.LogScorer;
import io.tocsin.models.logs.LogTable;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patterns of a shard's lines and judges their counts. The state is one table per shard,
 * always reached through its handle, and the lines that have come ahead of event time. The one
 * timer of a shard takes in what has arrived by then, in order, and closes an interval, for as long
 * as the table knows a service. What is silent is forgotten by the table itself.
 */
final class ScoreLines extends KeyedProcessFunction<Integer, LineBatch, FindingsRecord> {
  /** Name of the state; never changed. */
  static final String STATE = "logs";

  static final String HELD = "held-lines";

  static final OutputTag<EntityEntries> ENTRIES =
      new OutputTag<>("entries", EntityEntriesSerializer.typeInformation());

  /** Findings that are no part of a service's budget of alarms. */
  static final OutputTag<FindingsRecord> NOVELTIES =
      new OutputTag<>("novelties", RecordType.FINDINGS.typeInformation());

  static final OutputTag<LogPattern> PATTERNS =
      new OutputTag<>("patterns", RecordType.PATTERNS.typeInformation());

  static final OutputTag<LineCount> COUNTS =
      new OutputTag<>("counts", TypeInformation.of(LineCount.class));

  private final LogsSettings settings;
  private transient @Nullable Telling telling;

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<LogTable> state;

  @SuppressWarnings("NullAway.Init") // open
  private transient LogScorer scorer;

  /** What has come ahead of event time; until the interval of its arrival is closed. */
  @SuppressWarnings("NullAway.Init") // open
  private transient ListState<LineBatch> held;

  @SuppressWarnings("NullAway.Init") // open
  private transient Map<LineFate, Counter> fates;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter late;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter evicted;

  @SuppressWarnings("NullAway.Init") // open
  private transient Cost cost;

  ScoreLines(LogsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STATE, LogTableSerializer.INSTANCE));
    held =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>(HELD, LineBatchSerializer.INSTANCE));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    telling = new Telling(metrics.counter("tocsin_findings_total"), settings.silentBefore());
    scorer = settings.scorer(telling);
    fates = new EnumMap<>(LineFate.class);
    for (LineFate fate : LineFate.values()) {
      MetricGroup group = metrics.addGroup("fate", fate.name().toLowerCase(Locale.ROOT));
      fates.put(fate, group.counter("tocsin_log_lines_total"));
    }
    late = metrics.counter("tocsin_late_records_total");
    evicted = metrics.counter("tocsin_log_patterns_evicted_total");
    cost = Cost.of(metrics, "logs", settings.coreHourUsd());
  }

  @Override
  public void processElement(LineBatch batch, Context context, Collector<FindingsRecord> out)
      throws Exception {
    held.add(batch);
    // Of what comes late the intervals are closed already: it has to wait for the next one.
    long arrival = Math.max(batch.firstArrival(), context.timerService().currentWatermark());
    context.timerService().registerEventTimeTimer(scorer.closingOf(arrival));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FindingsRecord> out)
      throws Exception {
    long begin = System.nanoTime();
    LogTable stored = state.value();
    LogTable table = stored == null ? scorer.newTable() : stored;
    Telling tell = Objects.requireNonNull(telling);
    tell.to(context, out, time);
    scorer.adopt(table);
    List<LineBatch> rest = HeldLines.release(held.get(), time, line -> scorer.line(table, line));
    boolean goesOn = scorer.close(table, time);
    scorer.counts().drainTo(this::count);
    evicted.inc(scorer.takeEvicted());
    tell.entries(context, time);
    if (scorer.isSweep(time)) {
      Set<Entity> watched = scorer.watched(table, time);
      out.collect(FindingsRecord.of(new Progress(LogsJob.SOURCE, time, List.copyOf(watched))));
    }
    held.update(rest);
    if (goesOn || !rest.isEmpty()) {
      state.update(table);
      context.timerService().registerEventTimeTimer(scorer.closingAfter(time));
    } else {
      state.clear();
    }
    cost.since(begin);
  }

  private void count(LineFate fate, long lines) {
    Objects.requireNonNull(fates.get(fate)).inc(lines);
    if (fate == LineFate.LATE) {
      late.inc(lines);
    }
  }

  /** Hands on what the scorer says. */
  private static final class Telling implements LogListener {
    private final Counter findings;
    private final long silentBefore;
    private final EntryBuffer entries = new EntryBuffer();
    private @Nullable Collector<FindingsRecord> out;
    private @Nullable OnTimerContextOutput side;
    private boolean silent;

    /** Takes side outputs. */
    private interface OnTimerContextOutput {
      <T> void put(OutputTag<T> tag, T value);
    }

    Telling(Counter findings, long silentBefore) {
      this.findings = findings;
      this.silentBefore = silentBefore;
    }

    void to(
        KeyedProcessFunction<Integer, LineBatch, FindingsRecord>.OnTimerContext context,
        Collector<FindingsRecord> collector,
        long time) {
      out = collector;
      silent = time < silentBefore;
      side =
          new OnTimerContextOutput() {
            @Override
            public <T> void put(OutputTag<T> tag, T value) {
              context.output(tag, value);
            }
          };
    }

    void entries(
        KeyedProcessFunction<Integer, LineBatch, FindingsRecord>.OnTimerContext context,
        long time) {
      byte[] taken = entries.take();
      if (taken.length > 0) {
        context.output(ENTRIES, new EntityEntries(EntityEntries.ALL, Judged.tick(time), taken));
      }
    }

    private <T> void put(OutputTag<T> tag, T value) {
      Objects.requireNonNull(side).put(tag, value);
    }

    @Override
    public void deviation(Finding finding) {
      // Of what is past too, the budget of its service has to know; who keeps it tells nobody.
      findings.inc();
      Objects.requireNonNull(out).collect(FindingsRecord.of(finding));
    }

    @Override
    public void novelty(Finding finding) {
      if (!silent) {
        findings.inc();
        put(NOVELTIES, FindingsRecord.of(finding));
      }
    }

    @Override
    public void judged(Judged judged) {
      entries.add(judged);
    }

    @Override
    public void pattern(LogPattern pattern) {
      put(PATTERNS, pattern);
    }

    @Override
    public void counted(Labels labels, long time, long lines) {
      put(COUNTS, new LineCount(labels.toMap(), time, lines));
    }
  }
}
