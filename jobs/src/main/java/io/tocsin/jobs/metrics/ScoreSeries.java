// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.health.Cost;
import io.tocsin.jobs.health.DurationHistogram;
import io.tocsin.jobs.health.StateSize;
import io.tocsin.jobs.serialization.PageSnapshots;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.TopologyRecord;
import java.util.List;
import java.util.Set;
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

  /** For a batch, which has from one to some thousands of samples. */
  private static final double[] BATCH_SECONDS = {1e-5, 1e-4, 1e-3, 0.005, 0.01, 0.05, 0.1, 1};

  static final OutputTag<TopologyRecord> TOPOLOGY =
      new OutputTag<>("topology", RecordType.TOPOLOGY.typeInformation());

  static final OutputTag<ObjectFact> FACTS =
      new OutputTag<>("facts", TypeInformation.of(ObjectFact.class));

  private final MetricsSettings settings;

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<SeriesTable> state;

  @SuppressWarnings("NullAway.Init") // open
  private transient BatchScorer scorer;

  @SuppressWarnings("NullAway.Init") // open
  private transient StateSize sizes;

  @SuppressWarnings("NullAway.Init") // open
  private transient DurationHistogram duration;

  private transient PageSnapshots snapshots = new PageSnapshots();

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
    sizes = new StateSize(metrics);
    duration = new DurationHistogram(metrics, "tocsin_score_duration_seconds", BATCH_SECONDS);
    Cost.of(metrics, settings.detector().name(), settings.coreHourUsd(), duration);
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
    long begin = System.nanoTime();
    scorer.score(batch, table, out, new Asides(context));
    duration.observeNanos(System.nanoTime() - begin);
    sizes.note(context.getCurrentKey(), table.size());
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
    int before = table.size();
    Set<Entity> watched = scorer.sweep(table, time, out);
    scorer.noteDrift(context.getCurrentKey());
    sizes.forgot(before - table.size());
    sizes.note(context.getCurrentKey(), table.size(), table.bytes());
    if (!watched.isEmpty()) {
      out.collect(
          FindingsRecord.of(new Progress(CollateFindings.METRICS, time, List.copyOf(watched))));
    }
    if (table.size() == 0) {
      state.clear();
      return;
    }
    long sweep = nextSweep(time);
    if (table.asksForSweep(sweep)) {
      context.timerService().registerEventTimeTimer(sweep);
    }
  }

  /** Hands on what is not a finding. */
  private record Asides(KeyedProcessFunction<Integer, ShardBatch, FindingsRecord>.Context context)
      implements BatchScorer.Asides {
    @Override
    public void point(BandPoint point) {
      context.output(BANDS, point);
    }

    @Override
    public void topology(TopologyRecord seen) {
      context.output(TOPOLOGY, seen);
    }

    @Override
    public void fact(ObjectFact fact) {
      context.output(FACTS, fact);
    }
  }

  private static long nextSweep(long time) {
    return (Math.floorDiv(time, SeriesScorer.SWEEP_MILLIS) + 1) * SeriesScorer.SWEEP_MILLIS;
  }
}
