// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.health.Cost;
import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.entities.EntityScorer;
import io.tocsin.models.entities.EntityTable;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SeriesPolicies;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all series of an entity together, and holds the findings of its single series against
 * its budget of alarms. Keyed by groups of entities: the state is one table per group, and the one
 * timer of a group closes a tick when event time has passed it. What is silent is forgotten by the
 * table itself.
 *
 * <p>A strong finding is held back, in state, until event time has reached its arrival: then all
 * findings of that time are there, and ticks that are over are closed, so that what is told does
 * not depend on how they came. Marks of progress go through; what collates them holds them back
 * longer.
 */
final class WatchEntities
    extends KeyedCoProcessFunction<Integer, EntityEntries, FindingsRecord, FindingsRecord> {
  /** Names of the state; never changed. */
  static final String STATE = "entities";

  static final String HELD = "held-findings";

  private final WatchSettings settings;
  private final long silentBefore;

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<EntityTable> state;

  /** By arrival, from when they come until event time has reached it. */
  @SuppressWarnings("NullAway.Init") // open
  private transient MapState<Long, List<FindingsRecord>> held;

  @SuppressWarnings("NullAway.Init") // open
  private transient EntityScorer scorer;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter findings;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter weakened;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter late;

  @SuppressWarnings("NullAway.Init") // open
  private transient Cost cost;

  /** Null while what is learned is told to nobody: it is over. */
  private transient @Nullable Collector<FindingsRecord> to;

  WatchEntities(WatchSettings settings) {
    this.settings = settings;
    Instant learnUntil = settings.learnUntil();
    silentBefore = learnUntil == null ? Long.MIN_VALUE : learnUntil.toEpochMilli();
  }

  @Override
  public void open(OpenContext context) {
    RuntimeContext runtime = getRuntimeContext();
    state = runtime.getState(new ValueStateDescriptor<>(STATE, EntityTableSerializer.INSTANCE));
    TypeInformation<FindingsRecord> record = RecordType.FINDINGS.typeInformation();
    held =
        runtime.getMapState(new MapStateDescriptor<>(HELD, Types.LONG, new ListTypeInfo<>(record)));
    SeriesPolicies policies = settings.policies().make();
    scorer =
        new EntityScorer(
            settings.together(),
            settings.episodes(),
            settings.band().scorePerDigit(),
            policies::entityOf,
            this::emit);
    findings = runtime.getMetricGroup().counter("tocsin_entity_findings_total");
    weakened = runtime.getMetricGroup().counter("tocsin_findings_weakened_total");
    late = runtime.getMetricGroup().counter("tocsin_entity_late_total");
    cost = Cost.of(runtime.getMetricGroup(), "together", settings.coreHourUsd());
  }

  private void emit(Finding finding) {
    if (to != null) {
      findings.inc();
      to.collect(FindingsRecord.of(finding));
    }
  }

  @Override
  public void processElement1(EntityEntries said, Context context, Collector<FindingsRecord> out)
      throws Exception {
    EntityTable table = table();
    if (scorer.take(table, said.tick(), said.entries())) {
      state.update(table);
      context.timerService().registerEventTimeTimer(said.tick());
    } else {
      late.inc();
    }
  }

  @Override
  public void processElement2(FindingsRecord record, Context context, Collector<FindingsRecord> out)
      throws Exception {
    Finding finding = record.finding();
    if (finding == null) {
      out.collect(record);
    } else if (!EntityScorer.concerns(finding)) {
      tell(finding, out);
    } else if (finding.arrival() > context.timerService().currentWatermark()) {
      hold(record, finding.arrival());
      context.timerService().registerEventTimeTimer(finding.arrival());
    } else {
      EntityTable table = table();
      judge(table, finding, out);
      keep(table, context);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FindingsRecord> out)
      throws Exception {
    long begin = System.nanoTime();
    EntityTable table = table();
    if (Math.floorMod(time, Judged.TICK_MILLIS) == 0) {
      to = time <= silentBefore ? null : out;
      scorer.close(table, time);
    }
    List<FindingsRecord> due = held.get(time);
    if (due != null) {
      held.remove(time);
      List<Finding> together =
          due.stream().map(record -> Objects.requireNonNull(record.finding())).toList();
      EntityScorer.strongestFirst(together).forEach(finding -> judge(table, finding, out));
    }
    keep(table, context);
    cost.since(begin);
  }

  private EntityTable table() throws IOException {
    EntityTable table = state.value();
    return table == null ? new EntityTable() : table;
  }

  private void keep(EntityTable table, Context context) throws IOException {
    if (table.isEmpty()) {
      state.clear();
    } else {
      state.update(table);
      context.timerService().registerEventTimeTimer(scorer.nextClose(table));
    }
  }

  private void hold(FindingsRecord record, long until) throws Exception {
    List<FindingsRecord> others = held.get(until);
    List<FindingsRecord> all = others == null ? new ArrayList<>() : others;
    all.add(record);
    held.put(until, all);
  }

  private void judge(EntityTable table, Finding finding, Collector<FindingsRecord> out) {
    Finding judged = scorer.judge(table, finding);
    if (!judged.strong()) {
      weakened.inc();
    }
    tell(judged, out);
  }

  private void tell(Finding finding, Collector<FindingsRecord> out) {
    if (finding.arrival() >= silentBefore) {
      out.collect(FindingsRecord.of(finding));
    }
  }
}
