// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.incidents.Bookkeeping;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentBook;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Knowledge;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.topology.CallEdge;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the incidents job computes for one incident, from its first finding until it is over, while
 * every series has a finding: in ten services strong ones, of which one each is a symptom,
 * elsewhere weak ones. Each is told within the same minute, and again each minute for ten minutes.
 */
final class JobCost {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final int LASTS = 10;

  /** Each is long, and one before them is warm-up enough. */
  private static final int RUNS = 3;

  private static final double STRONG = 3;
  private static final double WEAK = 0.6;

  private final Bookkeeping bookkeeping = new Bookkeeping(IncidentSettings.DEFAULTS, 15 * MINUTE);
  private final Knowledge knowledge;
  private final Map<Long, List<FindingsRecord>> records;

  private JobCost(int series) {
    Topology topology = new Topology(TopologySettings.DEFAULTS);
    // So all depend on the first service, and what they suffer is one incident.
    IncidentCost.calls(series)
        .forEach(call -> topology.learn(new CallEdge(call.callee(), call.caller()), 0));
    knowledge = Knowledge.of(List.of(), topology);
    records = records(series);
  }

  /** CPU seconds for an incident. */
  static double of(int series) {
    JobCost cost = new JobCost(series);
    int incidents = cost.run();
    return IncidentCost.cpuSeconds(cost::run, 0, RUNS) / incidents;
  }

  /** Returns how many incidents came of it. */
  private int run() {
    IncidentBook book = new IncidentBook();
    int opened = 0;
    int lasting = 0;
    TreeMap<Long, List<FindingsRecord>> left = new TreeMap<>(records);
    while (!left.isEmpty() || lasting > 0) {
      long deadline = bookkeeping.nextDeadline(book);
      long time = left.isEmpty() ? deadline : Math.min(left.firstKey(), deadline);
      List<FindingsRecord> released = left.remove(time);
      for (Incident each :
          bookkeeping.advance(book, released == null ? List.of() : released, knowledge, time)) {
        opened += each.transition() == Incident.Transition.OPENED ? 1 : 0;
        lasting += each.transition() == Incident.Transition.OPENED ? 1 : 0;
        lasting -= each.transition() == Incident.Transition.RESOLVED ? 1 : 0;
      }
    }
    if (opened == 0) {
      throw new IllegalStateException("what is measured must be an incident");
    }
    return opened;
  }

  /** By the time at which they are told; each series has its second. */
  private static Map<Long, List<FindingsRecord>> records(int series) {
    Map<Long, List<FindingsRecord>> records = new TreeMap<>();
    for (int i = 0; i < series; i++) {
      long second = MINUTE + SeriesHash.ofText("" + i) % 60 * SECOND;
      for (int minute = 0; minute <= LASTS; minute++) {
        Phase phase = minute == 0 ? Phase.STARTED : Phase.CONTINUES;
        Finding finding =
            finding(i, minute == LASTS ? Phase.ENDED : phase, second, second + minute * MINUTE);
        records
            .computeIfAbsent(finding.time(), any -> new ArrayList<>())
            .add(FindingsRecord.of(finding));
      }
    }
    return records;
  }

  private static Finding finding(int series, Phase phase, long onset, long time) {
    double peak = IncidentCost.isFaulty(series) ? STRONG : WEAK;
    String metric = IncidentCost.metric(series);
    boolean symptom = IncidentCost.isFaulty(series) && metric.endsWith("_0");
    Labels labels =
        Labels.of(
            Labels.NAME,
            metric,
            "service",
            IncidentCost.service(series).service(),
            "series",
            "" + series);
    return new Finding(
        SeriesHash.hex(SeriesHash.of(labels)),
        phase,
        time,
        time,
        onset,
        labels,
        IncidentCost.service(series),
        symptom ? Role.SYMPTOM : Role.EVIDENCE,
        "",
        "cost",
        Direction.UP,
        phase == Phase.ENDED ? 0 : peak,
        peak,
        1 + peak,
        1,
        0,
        2,
        MINUTE,
        0,
        List.of(),
        null);
  }
}
