// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.patterns.PatternTable;
import io.tocsin.models.telemetry.Entity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of the lines of one service. */
final class ServiceLogs {
  /** What names it; fixed for ever. */
  final long hash;

  final Entity entity;
  PatternTable patterns;

  /** By id, in a fixed order. */
  final Map<Long, PatternLogs> logs = new TreeMap<>();

  /** Patterns that were merged or evicted, until the next interval is closed. */
  final List<Gone> gone = new ArrayList<>();

  /** By level. */
  final IntervalCounts[] levels = new IntervalCounts[LogSeries.LEVELS];

  long since = Long.MIN_VALUE;

  /** Arrival of the last line. */
  long last = Long.MIN_VALUE;

  Novelty.Memory news = new Novelty.Memory();
  Novelty.Memory newErrors = new Novelty.Memory();

  /** Lines of each of the last intervals. */
  private int[] recent = new int[PatternLogs.RECENT];

  /**
   * A pattern that is no more.
   *
   * @param into the id of that which it was merged into; 0 when it was evicted
   */
  record Gone(PatternLogs pattern, long into) {}

  ServiceLogs(long hash, Entity entity) {
    this.hash = hash;
    this.entity = entity;
    patterns = new PatternTable(hash);
    Arrays.setAll(levels, level -> new IntervalCounts());
  }

  /** Takes note of how many lines an interval had. */
  void closed(int lines) {
    System.arraycopy(recent, 0, recent, 1, PatternLogs.RECENT - 1);
    recent[0] = lines;
  }

  /** Lines of about the last minute. */
  int recent() {
    return Arrays.stream(recent).sum();
  }

  ServiceLogs copy() {
    ServiceLogs copy = new ServiceLogs(hash, entity);
    copy.patterns = patterns.copy();
    logs.forEach((id, pattern) -> copy.logs.put(id, pattern.copy()));
    gone.forEach(each -> copy.gone.add(new Gone(each.pattern.copy(), each.into)));
    Arrays.setAll(copy.levels, level -> levels[level].copy());
    copy.since = since;
    copy.last = last;
    copy.news = news.copy();
    copy.newErrors = newErrors.copy();
    copy.recent = recent.clone();
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(hash);
    for (String part : entity.parts()) {
      out.writeUTF(part);
    }
    patterns.write(out);
    out.writeInt(logs.size());
    for (PatternLogs each : logs.values()) {
      each.writeTo(out);
    }
    out.writeInt(gone.size());
    for (Gone each : gone) {
      each.pattern.writeTo(out);
      out.writeLong(each.into);
    }
    for (IntervalCounts each : levels) {
      each.writeTo(out);
    }
    out.writeLong(since);
    out.writeLong(last);
    for (Novelty.Memory each : List.of(news, newErrors)) {
      out.writeDouble(each.count);
      out.writeLong(each.time);
    }
    for (int each : recent) {
      out.writeInt(each);
    }
  }

  static ServiceLogs readFrom(DataInput in) throws IOException {
    ServiceLogs service =
        new ServiceLogs(
            in.readLong(),
            new Entity(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF()));
    service.patterns = PatternTable.read(in);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      PatternLogs pattern = PatternLogs.readFrom(in);
      service.logs.put(pattern.id, pattern);
    }
    int gone = in.readInt();
    for (int i = 0; i < gone; i++) {
      service.gone.add(new Gone(PatternLogs.readFrom(in), in.readLong()));
    }
    for (int level = 0; level < LogSeries.LEVELS; level++) {
      service.levels[level] = IntervalCounts.readFrom(in);
    }
    service.since = in.readLong();
    service.last = in.readLong();
    for (Novelty.Memory each : List.of(service.news, service.newErrors)) {
      each.count = in.readDouble();
      each.time = in.readLong();
    }
    for (int i = 0; i < PatternLogs.RECENT; i++) {
      service.recent[i] = in.readInt();
    }
    return service;
  }
}
