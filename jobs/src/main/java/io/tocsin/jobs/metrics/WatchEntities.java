// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.entities.EntityScorer;
import io.tocsin.models.entities.EntityTable;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.series.SeriesPolicies;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all series of an entity together. Keyed by groups of entities: the state is one table
 * per group, and the one timer of a group closes a tick when event time has passed it. What is
 * silent is forgotten by the table itself.
 */
final class WatchEntities extends KeyedProcessFunction<Integer, EntityEntries, FindingsRecord> {
  /** Name of the state; never changed. */
  static final String STATE = "entities";

  private final MetricsSettings settings;
  private final long silentBefore;

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<EntityTable> state;

  @SuppressWarnings("NullAway.Init") // open
  private transient EntityScorer scorer;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter findings;

  @SuppressWarnings("NullAway.Init") // open
  private transient Counter late;

  /** Null while what is learned is told to nobody: it is over. */
  private transient @Nullable Collector<FindingsRecord> to;

  WatchEntities(MetricsSettings settings) {
    this.settings = settings;
    Instant learnUntil = settings.learnUntil();
    silentBefore = learnUntil == null ? Long.MIN_VALUE : learnUntil.toEpochMilli();
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STATE, EntityTableSerializer.INSTANCE));
    SeriesPolicies policies = settings.policies();
    scorer =
        new EntityScorer(settings.together(), settings.episodes(), policies::entityOf, this::emit);
    findings = getRuntimeContext().getMetricGroup().counter("tocsin_entity_findings_total");
    late = getRuntimeContext().getMetricGroup().counter("tocsin_entity_late_total");
  }

  private void emit(Finding finding) {
    if (to != null) {
      findings.inc();
      to.collect(FindingsRecord.of(finding));
    }
  }

  @Override
  public void processElement(EntityEntries said, Context context, Collector<FindingsRecord> out)
      throws Exception {
    EntityTable table = state.value();
    if (table == null) {
      table = new EntityTable();
    }
    if (scorer.take(table, said.tick(), said.entries())) {
      state.update(table);
      context.timerService().registerEventTimeTimer(said.tick());
    } else {
      late.inc();
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FindingsRecord> out)
      throws Exception {
    EntityTable table = state.value();
    if (table == null) {
      return;
    }
    to = time <= silentBefore ? null : out;
    scorer.close(table, time);
    if (table.isEmpty()) {
      state.clear();
    } else {
      state.update(table);
      context.timerService().registerEventTimeTimer(scorer.nextClose(table));
    }
  }
}
