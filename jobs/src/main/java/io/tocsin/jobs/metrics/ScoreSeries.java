// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.PageSnapshots;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Scores the series of a shard. The state is one table per shard, always reached through its
 * handle, so that the heap backend copies it once per checkpoint and the original may go on; what
 * is in it is forgotten by the table's own sweep, on the one timer of the shard.
 */
final class ScoreSeries extends KeyedProcessFunction<Integer, ShardBatch, FindingsRecord>
    implements CheckpointedFunction {
  /** Name of the state; never changed. */
  static final String STATE = "series";

  static final OutputTag<BandPoint> BANDS =
      new OutputTag<>("bands", TypeInformation.of(BandPoint.class));

  static final OutputTag<EntityEntries> ENTRIES =
      new OutputTag<>("entries", EntityEntriesSerializer.typeInformation());

  private final MetricsSettings settings;

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<SeriesTable> state;

  @SuppressWarnings("NullAway.Init") // open
  private transient BatchScorer scorer;

  private transient PageSnapshots snapshots = new PageSnapshots();

  /** Of each shard, for the gauge: state knows only that of the current key. */
  private transient Map<Integer, Integer> sizes = new ConcurrentHashMap<>();

  ScoreSeries(MetricsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    snapshots = new PageSnapshots();
  }

  /** Before the backend takes its own: tables that are used from now on are copies. */
  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    snapshots.begin();
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(STATE, SeriesTableSerializer.of(settings.detector())));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    scorer = new BatchScorer(settings, metrics);
    sizes = new ConcurrentHashMap<>();
    metrics.gauge(
        "tocsin_series_active", () -> sizes.values().stream().mapToInt(Integer::intValue).sum());
  }

  @Override
  public void processElement(ShardBatch batch, Context context, Collector<FindingsRecord> out)
      throws Exception {
    SeriesTable table = state.value();
    if (table == null) {
      table = scorer.newTable();
      state.update(table);
    }
    table.use(snapshots);
    scorer.score(batch, table, out, point -> context.output(BANDS, point));
    sizes.put(context.getCurrentKey(), table.size());
    byte[] entries = scorer.takeEntries();
    if (entries.length > 0) {
      long tick = Judged.tick(batch.arrival());
      context.output(ENTRIES, new EntityEntries(EntityEntries.ALL, tick, entries));
    }
    long sweep = nextSweep(batch.arrival());
    if (table.asksForSweep(sweep)) {
      context.timerService().registerEventTimeTimer(sweep);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FindingsRecord> out)
      throws Exception {
    SeriesTable table = state.value();
    if (table == null) {
      return;
    }
    table.use(snapshots);
    Set<Entity> watched = scorer.sweep(table, time, out);
    if (!watched.isEmpty()) {
      out.collect(
          FindingsRecord.of(new Progress(CollateFindings.METRICS, time, List.copyOf(watched))));
    }
    sizes.put(context.getCurrentKey(), table.size());
    if (table.size() == 0) {
      state.clear();
      return;
    }
    long sweep = nextSweep(time);
    if (table.asksForSweep(sweep)) {
      context.timerService().registerEventTimeTimer(sweep);
    }
  }

  private static long nextSweep(long time) {
    return (Math.floorDiv(time, SeriesScorer.SWEEP_MILLIS) + 1) * SeriesScorer.SWEEP_MILLIS;
  }
}
