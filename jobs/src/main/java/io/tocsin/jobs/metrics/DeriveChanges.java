// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.models.changes.Change;
import io.tocsin.models.changes.DerivedChanges;
import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.changes.WorkloadHistory;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells what was rolled out, scaled or restarted, as far as kube-state-metrics shows it. Keyed by
 * workload: the state is what is remembered of it, and the one timer forgets it a day after it was
 * last heard of.
 */
final class DeriveChanges extends KeyedProcessFunction<String, ObjectFact, Change> {
  /** Name of the state; never changed. */
  static final String STATE = "workload";

  private static final long MEMORY_MILLIS = Duration.ofDays(1).toMillis();

  @SuppressWarnings("NullAway.Init") // open
  private transient ValueState<WorkloadHistory> state;

  static String key(ObjectFact fact) {
    return fact.workload().toString();
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STATE, WorkloadHistorySerializer.INSTANCE));
  }

  @Override
  public void processElement(ObjectFact fact, Context context, Collector<Change> out)
      throws Exception {
    WorkloadHistory stored = state.value();
    if (stored == null) {
      stored = WorkloadHistory.beginning(fact.time());
      context.timerService().registerEventTimeTimer(fact.time() + MEMORY_MILLIS);
    }
    DerivedChanges.Step step = DerivedChanges.take(stored, fact);
    state.update(step.history());
    if (step.change() != null) {
      out.collect(step.change());
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Change> out) throws Exception {
    WorkloadHistory stored = state.value();
    if (stored == null || stored.seen() + MEMORY_MILLIS <= time) {
      state.clear();
    } else {
      context.timerService().registerEventTimeTimer(stored.seen() + MEMORY_MILLIS);
    }
  }
}
