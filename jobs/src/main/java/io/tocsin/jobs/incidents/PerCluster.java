// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.incidents;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Splits what is watched by cluster, so that every record is about one. */
final class PerCluster implements FlatMapFunction<FindingsRecord, FindingsRecord> {
  @Override
  public void flatMap(FindingsRecord record, Collector<FindingsRecord> out) {
    Progress progress = record.progress();
    if (progress == null) {
      out.collect(record);
      return;
    }
    Map<String, List<Entity>> watched = new TreeMap<>();
    for (Entity entity : progress.watched()) {
      watched.computeIfAbsent(entity.cluster(), any -> new ArrayList<>()).add(entity);
    }
    for (List<Entity> entities : watched.values()) {
      out.collect(FindingsRecord.of(new Progress(progress.source(), progress.time(), entities)));
    }
  }

  /** The cluster that a record is about. */
  static String cluster(FindingsRecord record) {
    Finding finding = record.finding();
    Progress progress = record.progress();
    if (finding != null) {
      return finding.entity().cluster();
    }
    return progress == null || progress.watched().isEmpty()
        ? ""
        : progress.watched().get(0).cluster();
  }
}
