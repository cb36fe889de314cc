// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Feedback;
import io.tocsin.models.incidents.Limit;
import io.tocsin.models.topology.EdgeFate;
import io.tocsin.models.topology.LinkFate;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class GroupCountersTest {
  private static final Feedback NOISE =
      new Feedback("i", Feedback.Kind.NOISE, Findings.service("", "a"), "m", 0, "", "");

  private final MetricListener first = new MetricListener();
  private final MetricListener second = new MetricListener();
  private final List<GroupCounters> subtasks =
      List.of(
          new GroupCounters(first.getMetricGroup(), true),
          new GroupCounters(second.getMetricGroup(), false));

  @Test
  void whatComesToEverySubtaskIsCountedOnce() {
    for (GroupCounters subtask : subtasks) {
      subtask.change(RecentChanges.Fate.KEPT);
      subtask.edge(EdgeFate.NEW);
      subtask.link(LinkFate.NEW);
      subtask.feedback(NOISE, 2);
    }
    assertThat(counted("fate", "kept", "tocsin_changes_total")).isEqualTo(1);
    assertThat(counted("fate", "new", "tocsin_call_edges_total")).isEqualTo(1);
    assertThat(counted("fate", "new", "tocsin_object_links_total")).isEqualTo(1);
    assertThat(counted("verdict", "noise", "tocsin_feedback_total")).isEqualTo(1);
    assertThat(exceeded("feedback")).isEqualTo(2);
  }

  @Test
  void whatIsOfOneClusterIsCountedByEverySubtask() {
    subtasks.forEach(each -> each.exceeded(Limit.OPEN, 3));
    assertThat(exceeded("open")).isEqualTo(6);
  }

  private long exceeded(String limit) {
    return counted("limit", limit, "tocsin_incident_limits_exceeded_total");
  }

  private long counted(String... name) {
    return first.getCounter(name).orElseThrow().getCount()
        + second.getCounter(name).orElseThrow().getCount();
  }
}
