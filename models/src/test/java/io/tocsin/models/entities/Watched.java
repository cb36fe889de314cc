// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Entities as the job watches them, by groups, and what was found of them. */
final class Watched {
  static final long START = 1_760_000_040_000L;

  final List<Finding> findings = new ArrayList<>();
  private final Map<Integer, EntityTable> tables = new TreeMap<>();
  private final List<byte[]> said = new ArrayList<>();
  private final EntityScorer scorer =
      new EntityScorer(
          EntitySettings.DEFAULTS,
          EpisodeSettings.DEFAULTS,
          BandSettings.DEFAULTS.scorePerDigit(),
          Watched::entityOf,
          findings::add);
  private long time = START;

  private static Entity entityOf(Labels labels) {
    return new Entity("", "shop", "", labels.get("service"), "", labels.get("pod"));
  }

  long time() {
    return time;
  }

  /** A series of a service says how it deviates in this tick, and by how much that matters. */
  void say(String service, String pod, String metric, double deviation, double score) {
    say(service, pod, metric, Role.EVIDENCE, deviation, score);
  }

  void say(String service, String pod, String metric, Role role, double deviation, double score) {
    Labels labels = Labels.of(Labels.NAME, metric, "service", service, "pod", pod);
    Entity entity = entityOf(labels);
    byte[] bytes = LabelBytes.write(labels);
    ByteBuffer entry = ByteBuffer.allocate(Entry.BYTES + bytes.length);
    entry.order(ByteOrder.LITTLE_ENDIAN);
    entry.putLong(entity.withoutInstance().hash());
    entry.putLong(pod.isEmpty() ? 0 : entity.hash());
    entry.putLong(SeriesHash.of(labels.with("pod", "")));
    entry.putFloat((float) deviation).putFloat((float) score);
    entry.put(RoleCode.of(role)).put((byte) 1).putShort((short) bytes.length).put(bytes);
    said.add(entry.array());
  }

  /** Ends the tick. */
  void tick() {
    tick(new Random(1));
  }

  /** Ends the tick; what was said came in an order that chance made. */
  void tick(Random order) {
    Collections.shuffle(said, order);
    time += Judged.TICK_MILLIS;
    for (byte[] each : said) {
      EntryBuffer.split(
          each,
          (group, bytes, from, length) ->
              scorer.take(tables.computeIfAbsent(group, any -> new EntityTable()), time, bytes));
    }
    said.clear();
    tables.values().forEach(table -> scorer.close(table, time));
  }

  /** Time in which nothing is said and nothing is closed. */
  void pass(long millis) {
    time += millis;
  }

  /** What is told of a finding of a single series. */
  Finding judge(Finding finding) {
    int group = EntryBuffer.groupOf(finding.entity());
    return scorer.judge(tables.computeIfAbsent(group, any -> new EntityTable()), finding);
  }

  long nextClose() {
    return tables.values().stream().mapToLong(scorer::nextClose).min().orElse(Long.MAX_VALUE);
  }

  List<Finding> strong() {
    return findings.stream().filter(finding -> finding.score() >= 1).toList();
  }

  List<String> strongIds() {
    return strong().stream().map(Finding::id).distinct().toList();
  }

  int entities() {
    return tables.values().stream().mapToInt(EntityTable::size).sum();
  }

  boolean isEmpty() {
    return tables.values().stream().allMatch(EntityTable::isEmpty);
  }

  byte[] snapshot() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (EntityTable table : tables.values()) {
      table.writeTo(new DataOutputStream(bytes));
    }
    return bytes.toByteArray();
  }

  /** Goes on from what a snapshot holds. */
  void restore() throws IOException {
    for (Map.Entry<Integer, EntityTable> group : tables.entrySet()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      group.getValue().writeTo(new DataOutputStream(bytes));
      group.setValue(
          EntityTable.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    }
  }

  /** Goes on from a copy, and changes nothing that it was copied from. */
  void copy() {
    tables.replaceAll((group, table) -> table.copy());
  }
}
