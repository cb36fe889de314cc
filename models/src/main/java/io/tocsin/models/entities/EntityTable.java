// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import io.tocsin.models.series.LongIndex;
import io.tocsin.models.telemetry.Entity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group of entities: a short row for each, a longer one for each whose metrics are
 * looked at together, what series said in ticks that are not over, and which of their findings have
 * passed. Written and read by {@link EntityScorer}; nobody else looks inside.
 */
public final class EntityTable {
  /** Version of what {@link #writeTo} writes. */
  public static final int VERSION = 1;

  static final int HASH = 0;

  /** The last tick that something was said in. */
  static final int LAST = 8;

  static final int INTERVAL = 16;
  static final int ROLE = 20;

  /** Of its series that users feel, how many were beyond their boundaries in the last tick. */
  static final int AGREEING = 21;

  /** And how many there were; both were 0 in earlier releases. */
  static final int SYMPTOMS = 22;

  /** Row of its distance plus one, or 0. */
  static final int DISTANCE = 24;

  static final int EPISODE = 28;
  static final int SHARE = EPISODE + EntityEpisode.ROW_BYTES;
  static final int ALARMS = SHARE + ShareModel.ROW_BYTES;
  static final int SHORT_BYTES = ALARMS + AlarmBudget.ROW_BYTES;

  static final int DISTANCE_EPISODE = 0;
  static final int RELATION_EPISODE = DISTANCE_EPISODE + EntityEpisode.ROW_BYTES;
  static final int DISTANCE_ROLE = RELATION_EPISODE + EntityEpisode.ROW_BYTES;
  static final int RELATION_ROLE = DISTANCE_ROLE + 1;
  static final int TAIL = RELATION_ROLE + 3;
  static final int KEYS = TAIL + OwnTail.ROW_BYTES;
  static final int RELATION = KEYS + KeyMetrics.ROW_BYTES;
  static final int LONG_BYTES = RELATION + RelationModel.ROW_BYTES;

  /** A group has few entities. */
  private static final int PAGE_SHIFT = 3;

  private static final double FIRST_FLEET_SHARE = 0.02;

  final RowPages rows;
  final RowPages distances;

  /** Rows by hash: asked for each entity in each tick. */
  private LongIndex index = new LongIndex();

  /** By row. */
  private final List<@Nullable Entity> entities = new ArrayList<>();

  /** The labels of the key metrics by row of the distance and slot; arrays never change. */
  private final List<byte[] @Nullable []> keyLabels = new ArrayList<>();

  /** By end of the tick. */
  private final TreeMap<Long, EntryBuffer> pending = new TreeMap<>();

  final PassedFindings passed;

  /** Up to when ticks are closed. */
  long closed = Long.MIN_VALUE;

  /** The usual share of series that deviate, over all entities. */
  double fleetShare = FIRST_FLEET_SHARE;

  int fleetTicks;

  /** An empty table. */
  public EntityTable() {
    this(
        new RowPages(SHORT_BYTES, PAGE_SHIFT),
        new RowPages(LONG_BYTES, PAGE_SHIFT),
        new PassedFindings());
  }

  private EntityTable(RowPages rows, RowPages distances, PassedFindings passed) {
    this.rows = rows;
    this.distances = distances;
    this.passed = passed;
  }

  /** A copy that shares nothing that is ever changed. */
  public EntityTable copy() {
    EntityTable copy = new EntityTable(rows.copy(), distances.copy(), passed.copy());
    copy.index = index.copy();
    copy.entities.addAll(entities);
    keyLabels.forEach(each -> copy.keyLabels.add(each == null ? null : each.clone()));
    pending.forEach((tick, entries) -> copy.pending.put(tick, entries.copy()));
    copy.closed = closed;
    copy.fleetShare = fleetShare;
    copy.fleetTicks = fleetTicks;
    return copy;
  }

  /** Whether it holds nothing that matters any more. */
  public boolean isEmpty() {
    return rows.size() == 0 && pending.isEmpty() && passed.isEmpty();
  }

  /** How many entities and running copies are known. */
  public int size() {
    return rows.size();
  }

  /** Roughly the bytes of memory that this state takes. */
  public long bytes() {
    long text = 0;
    for (byte[][] labels : keyLabels) {
      for (byte[] each : labels == null ? new byte[0][] : labels) {
        text += each == null ? 0 : each.length + 16;
      }
    }
    return rows.bytes() + distances.bytes() + text + 200L * rows.size() + passed.bytes();
  }

  /** Where the entries of a tick are kept until it is closed, or null while there are none. */
  @Nullable EntryBuffer pending(long tick) {
    return pending.get(tick);
  }

  /** Keeps the entries of a tick in a buffer from now on. */
  void pend(long tick, EntryBuffer in) {
    pending.put(tick, in);
  }

  /** The first tick that is not over, or MAX_VALUE. */
  long firstPending() {
    return pending.isEmpty() ? Long.MAX_VALUE : pending.firstKey();
  }

  /** The entries of that tick, which are not pending any more. */
  EntryBuffer takeFirstPending() {
    return pending.pollFirstEntry().getValue();
  }

  /** The row of an entity, or -1. */
  int find(long hash) {
    return index.get(hash);
  }

  int add(long hash, Entity entity) {
    int row = rows.add();
    Row cursor = new Row();
    rows.read(row, cursor);
    cursor.setLong(HASH, hash);
    index.put(hash, row);
    put(entities, row, entity);
    return row;
  }

  Entity entity(int row) {
    Entity entity = entities.get(row);
    return entity == null ? Entity.NONE : entity;
  }

  void remove(int row) {
    Row cursor = new Row();
    rows.read(row, cursor);
    int distance = cursor.getInt(DISTANCE) - 1;
    if (distance >= 0) {
      keyLabels.set(distance, null);
      distances.remove(distance);
    }
    index.remove(cursor.getLong(HASH));
    entities.set(row, null);
    rows.remove(row);
  }

  int addDistance() {
    int row = distances.add();
    put(keyLabels, row, new byte[KeyMetrics.MOST][]);
    return row;
  }

  byte[][] keyLabels(int distance) {
    byte[][] labels = keyLabels.get(distance);
    return labels == null ? new byte[KeyMetrics.MOST][] : labels;
  }

  private static <T> void put(List<@Nullable T> list, int at, T value) {
    while (list.size() <= at) {
      list.add(null);
    }
    list.set(at, value);
  }

  /** Writes the state, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(closed);
    out.writeDouble(fleetShare);
    out.writeInt(fleetTicks);
    rows.writeTo(out);
    distances.writeTo(out);
    passed.writeTo(out);
    for (int row = 0; row < rows.top(); row++) {
      if (rows.isUsed(row)) {
        EntityBytes.write(entity(row), out);
      }
    }
    for (int row = 0; row < distances.top(); row++) {
      if (distances.isUsed(row)) {
        for (byte[] labels : keyLabels(row)) {
          EntityBytes.writeBytes(labels == null ? new byte[0] : labels, out);
        }
      }
    }
    out.writeInt(pending.size());
    for (Map.Entry<Long, EntryBuffer> tick : pending.entrySet()) {
      out.writeLong(tick.getKey());
      // Earlier releases kept them in several blocks.
      out.writeInt(1);
      out.writeInt(tick.getValue().length());
      out.write(tick.getValue().bytes(), 0, tick.getValue().length());
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of another version or of rows of other lengths
   */
  public static EntityTable readFrom(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the state of entities has version " + version + ", this release reads " + VERSION);
    }
    long closed = in.readLong();
    double fleetShare = in.readDouble();
    int fleetTicks = in.readInt();
    EntityTable table =
        new EntityTable(
            RowPages.readFrom(in, SHORT_BYTES, PAGE_SHIFT),
            RowPages.readFrom(in, LONG_BYTES, PAGE_SHIFT),
            PassedFindings.readFrom(in));
    table.closed = closed;
    table.fleetShare = fleetShare;
    table.fleetTicks = fleetTicks;
    Row cursor = new Row();
    for (int row = 0; row < table.rows.top(); row++) {
      if (table.rows.isUsed(row)) {
        table.rows.read(row, cursor);
        table.index.put(cursor.getLong(HASH), row);
        put(table.entities, row, EntityBytes.readEntity(in));
      }
    }
    for (int row = 0; row < table.distances.top(); row++) {
      if (table.distances.isUsed(row)) {
        byte[][] labels = new byte[KeyMetrics.MOST][];
        for (int slot = 0; slot < labels.length; slot++) {
          labels[slot] = EntityBytes.readBytes(in);
        }
        put(table.keyLabels, row, labels);
      }
    }
    for (int ticks = in.readInt(); ticks > 0; ticks--) {
      long tick = in.readLong();
      EntryBuffer entries = new EntryBuffer();
      for (int blocks = in.readInt(); blocks > 0; blocks--) {
        byte[] block = EntityBytes.readBytes(in);
        entries.add(block, 0, block.length);
      }
      table.pend(tick, entries);
    }
    return table;
  }
}
