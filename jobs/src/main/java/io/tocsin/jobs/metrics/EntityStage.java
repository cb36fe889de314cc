// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.jobs.serialization.RecordType;
import io.tocsin.models.entities.EntryBuffer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The last part of every job that scores series: entities as a whole, then one order for all. */
public final class EntityStage {
  private final Uids uids;
  private final WatchSettings settings;

  /**
   * Uids of the operators, and the name under which the job speaks of its progress.
   *
   * @param source the job's name in marks of progress
   */
  public record Uids(String bundle, String entities, String collate, String source) {}

  public EntityStage(Uids uids, WatchSettings settings) {
    this.uids = uids;
    this.settings = settings;
  }

  /**
   * What series found, as far as their entities' budgets go, and what they do together.
   *
   * @param scored findings of single series, and marks of progress
   * @param entries what the series said for their entities
   */
  public SingleOutputStreamOperator<FindingsRecord> together(
      DataStream<FindingsRecord> scored, DataStream<EntityEntries> entries) {
    return entries
        .transform(uids.bundle(), EntityEntriesSerializer.typeInformation(), new BundleEntries())
        .uid(uids.bundle())
        .name(uids.bundle())
        .keyBy(bundle -> Shards.key(bundle.group()), Types.INT)
        .connect(scored.keyBy(EntityStage::entityKey, Types.INT))
        .process(new WatchEntities(settings), RecordType.FINDINGS.typeInformation())
        .uid(uids.entities())
        .name(uids.entities());
  }

  /** Puts all findings into one order, with marks of progress after them. */
  public SingleOutputStreamOperator<FindingsRecord> collate(DataStream<FindingsRecord> findings) {
    return findings
        .transform(
            uids.collate(),
            RecordType.FINDINGS.typeInformation(),
            new CollateFindings(uids.source()))
        .setParallelism(1)
        .uid(uids.collate())
        .name(uids.collate());
  }

  /** The key of the group of a finding's entity; marks of progress are about none. */
  static int entityKey(FindingsRecord record) {
    Finding finding = record.finding();
    return Shards.key(finding == null ? 0 : EntryBuffer.groupOf(finding.entity()));
  }
}
