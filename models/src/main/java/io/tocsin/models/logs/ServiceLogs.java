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
  /** By this factor a gap may be longer than all before it. */
  private static final double LONGER_GAP = 2;

  private static final double LEAST_GAP_MILLIS = 15_000;

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

  /** Intervals in which it logged. */
  int intervals;

  /** The longest time between the arrivals of two lines, ms; fades slowly. */
  double longestGap;

  /** Of the finding that it is silent. */
  int silenceRow = PatternLogs.NO_ROW;

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

  /** Takes note of a line that arrived. */
  void arrived(long arrival) {
    if (last != Long.MIN_VALUE) {
      // An outage is no habit; one gap of its length would hide the next one.
      double most = LONGER_GAP * Math.max(longestGap, LEAST_GAP_MILLIS);
      longestGap = Math.max(longestGap, Math.min(most, (double) arrival - last));
    }
    last = Math.max(last, arrival);
    since = since == Long.MIN_VALUE ? arrival : since;
  }

  /** Takes note of how many lines an interval had. */
  void closed(int lines) {
    System.arraycopy(recent, 0, recent, 1, PatternLogs.RECENT - 1);
    recent[0] = lines;
    if (lines > 0) {
      intervals++;
      longestGap *= PatternLogs.LONGEST_MEMORY;
    }
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
    copy.intervals = intervals;
    copy.longestGap = longestGap;
    copy.silenceRow = silenceRow;
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
    out.writeInt(intervals);
    out.writeDouble(longestGap);
    out.writeInt(silenceRow);
    for (Novelty.Memory each : List.of(news, newErrors)) {
      out.writeDouble(each.count);
      out.writeLong(each.time);
    }
    for (int each : recent) {
      out.writeInt(each);
    }
  }

  /** Reads what a table of this version holds. */
  static ServiceLogs readFrom(DataInput in, int version) throws IOException {
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
    if (version >= LogTable.WITH_SILENCE) {
      service.intervals = in.readInt();
      service.longestGap = in.readDouble();
      service.silenceRow = in.readInt();
    }
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
