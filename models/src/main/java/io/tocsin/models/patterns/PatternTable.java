// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of one service's lines: its patterns in the order of their last use, and which
 * ids are aliases of which. Bounded by {@link PatternSettings#maxPatterns}. Changed by {@link
 * PatternMiner} only; not for use by several threads.
 */
public final class PatternTable {
  /** Version of what {@link #write} writes. */
  public static final int VERSION = 1;

  /** So many events are kept until they are drained; older ones are forgotten. */
  static final int MAX_EVENTS = 4_096;

  private static final int FIRST_BUCKETS = 64;

  private final long key;
  private @Nullable MinedPattern[] shapes = new MinedPattern[FIRST_BUCKETS];
  private final Map<Long, MinedPattern> byId = new HashMap<>();
  private final Map<Long, Long> aliases = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private @Nullable MinedPattern oldest;
  private @Nullable MinedPattern newest;
  private long bytes;

  /** In parts of a line; a new pattern costs as many as there are lines to a new one. */
  long credit = -1;

  private enum Happening {
    FOUNDED,
    MERGED,
    EVICTED
  }

  private record Event(Happening what, long id, long into, long time) {}

  /**
   * A service of which nothing is known.
   *
   * @param key hash of what names the service; ids follow from it, so it never changes
   */
  public PatternTable(long key) {
    this.key = key;
  }

  /** Hash of what names the service. */
  public long key() {
    return key;
  }

  /** How many patterns there are. */
  public int size() {
    return byId.size();
  }

  /** Memory taken by the patterns, about. */
  public long bytes() {
    return bytes + aliases.size() * 80L + shapes.length * 4L;
  }

  /** The id under which a pattern is known now: its own, or that of the one it was merged into. */
  public long resolve(long id) {
    long live = id;
    Long into = aliases.get(live);
    while (into != null) {
      live = into;
      into = aliases.get(live);
    }
    return live;
  }

  /** A pattern by its id or an alias of it; null when it was evicted or never was. */
  public @Nullable Pattern pattern(long id) {
    MinedPattern mined = byId.get(resolve(id));
    return mined == null ? null : told(mined, aliasesOf().getOrDefault(mined.id, List.of()));
  }

  /** All patterns, the least recently used first. */
  public List<Pattern> patterns() {
    Map<Long, List<Long>> known = aliasesOf();
    List<Pattern> all = new ArrayList<>(size());
    for (MinedPattern each = oldest; each != null; each = each.newer) {
      all.add(told(each, known.getOrDefault(each.id, List.of())));
    }
    return all;
  }

  private Map<Long, List<Long>> aliasesOf() {
    Map<Long, List<Long>> known = new HashMap<>();
    for (Long alias : aliases.keySet()) {
      known.computeIfAbsent(resolve(alias), id -> new ArrayList<>()).add(alias);
    }
    return known;
  }

  private static Pattern told(MinedPattern mined, List<Long> aliases) {
    String sample = new String(mined.sample, StandardCharsets.UTF_8);
    return new Pattern(
        mined.id, mined.template.text(), mined.count, mined.first, mined.last, aliases, sample);
  }

  /** Tells what happened since the last time, in order, and forgets it. */
  public void drain(PatternEvents to) {
    for (Event event : events) {
      switch (event.what) {
        case FOUNDED -> to.founded(event.id, event.time);
        case MERGED -> to.merged(event.id, event.into, event.time);
        case EVICTED -> to.evicted(event.id, event.time);
      }
    }
    events.clear();
  }

  /** The first of the patterns that may have this shape; others may be among them. */
  @Nullable MinedPattern ofShape(long shape) {
    return shapes[(int) (shape & shapes.length - 1)];
  }

  boolean has(long id) {
    return byId.containsKey(id);
  }

  void found(MinedPattern pattern, int maxPatterns) {
    while (size() >= maxPatterns && oldest != null) {
      evict(oldest, pattern.first);
    }
    aliases.remove(pattern.id);
    insert(pattern);
    happened(new Event(Happening.FOUNDED, pattern.id, 0, pattern.first));
  }

  private void insert(MinedPattern pattern) {
    byId.put(pattern.id, pattern);
    if (size() > shapes.length) {
      grow();
    }
    intoBucket(pattern);
    append(pattern);
    bytes += pattern.bytes();
  }

  void evict(MinedPattern pattern, long time) {
    remove(pattern);
    aliases.values().removeIf(into -> into == pattern.id);
    happened(new Event(Happening.EVICTED, pattern.id, 0, time));
  }

  /** Counts the lines of one pattern to another and keeps its id as an alias. */
  void merge(MinedPattern from, MinedPattern into, long time) {
    remove(from);
    into.count += from.count;
    into.last = Math.max(into.last, from.last);
    // None leads to another, so that all go when their pattern does.
    aliases.replaceAll((alias, to) -> to == from.id ? into.id : to);
    aliases.put(from.id, into.id);
    happened(new Event(Happening.MERGED, from.id, into.id, time));
  }

  /** To be called around changes of a pattern. */
  void resized(int by) {
    bytes += by;
  }

  void use(MinedPattern pattern, long time) {
    pattern.count++;
    pattern.last = Math.max(pattern.last, time);
    if (newest != pattern) {
      unlink(pattern);
      append(pattern);
    }
  }

  private void happened(Event event) {
    if (events.size() == MAX_EVENTS) {
      events.remove(0);
    }
    events.add(event);
  }

  private void remove(MinedPattern pattern) {
    byId.remove(pattern.id);
    unlink(pattern);
    bytes -= pattern.bytes();
    int bucket = (int) (pattern.shape & shapes.length - 1);
    MinedPattern before = null;
    for (MinedPattern each = shapes[bucket]; each != null; each = each.nextOfShape) {
      if (each == pattern) {
        if (before == null) {
          shapes[bucket] = each.nextOfShape;
        } else {
          before.nextOfShape = each.nextOfShape;
        }
        return;
      }
      before = each;
    }
  }

  private void grow() {
    shapes = new MinedPattern[shapes.length * 2];
    for (MinedPattern each = oldest; each != null; each = each.newer) {
      intoBucket(each);
    }
  }

  private void intoBucket(MinedPattern pattern) {
    int bucket = (int) (pattern.shape & shapes.length - 1);
    pattern.nextOfShape = shapes[bucket];
    shapes[bucket] = pattern;
  }

  private void append(MinedPattern pattern) {
    pattern.older = newest;
    pattern.newer = null;
    if (newest == null) {
      oldest = pattern;
    } else {
      newest.newer = pattern;
    }
    newest = pattern;
  }

  private void unlink(MinedPattern pattern) {
    if (pattern.older == null) {
      oldest = pattern.newer;
    } else {
      pattern.older.newer = pattern.newer;
    }
    if (pattern.newer == null) {
      newest = pattern.older;
    } else {
      pattern.newer.older = pattern.older;
    }
  }

  /** Writes all of it; events that were not drained are left out. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(key);
    out.writeLong(credit);
    out.writeInt(size());
    for (MinedPattern each = oldest; each != null; each = each.newer) {
      each.write(out);
    }
    out.writeInt(aliases.size());
    for (Map.Entry<Long, Long> alias : aliases.entrySet()) {
      out.writeLong(alias.getKey());
      out.writeLong(alias.getValue());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it is of another version or cut off
   */
  public static PatternTable read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "patterns are of version " + version + "; this release reads version " + VERSION);
    }
    PatternTable table = new PatternTable(in.readLong());
    table.credit = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      table.insert(MinedPattern.read(in));
    }
    int aliases = in.readInt();
    for (int i = 0; i < aliases; i++) {
      long alias = in.readLong();
      table.aliases.put(alias, in.readLong());
    }
    return table;
  }

  /** A copy that shares nothing with this one; events that were not drained stay here. */
  public PatternTable copy() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(new DataOutputStream(bytes));
      return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
