// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.rows.RowPages;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LogSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of all services of one shard: patterns, counts of intervals that are not closed, and
 * the series of their rates. Written and read by {@link LogScorer}; nobody else looks inside.
 *
 * <p>Not safe for several threads. A {@link #copy} shares nothing that is ever changed.
 */
public final class LogTable {
  /** Version of what {@link #writeTo} writes. */
  public static final int VERSION = 3;

  /** From this version on, services tell how long they were silent; before, they learn it anew. */
  static final int WITH_SILENCE = 3;

  private static final int OLDEST = 2;

  static final LineJoinSettings JOINING = LineJoinSettings.DEFAULTS;

  /** By the hash of what names them, in a fixed order. */
  final TreeMap<Long, ServiceLogs> services = new TreeMap<>();

  SeriesTable rates;

  /** The states of findings that are not about rates. */
  RowPages findings = new RowPages(LogEpisode.ROW_BYTES);

  /** The end of the last interval that was closed. */
  long closed = Long.MIN_VALUE;

  /** By entity; not part of the state. */
  private final Map<Entity, ServiceLogs> found = new HashMap<>();

  LogTable(SeriesTable rates) {
    this.rates = rates;
  }

  /** Lines that may not be complete. */
  LineJoiner joiner = new LineJoiner(JOINING);

  /** How many services are known. */
  public int size() {
    return services.size();
  }

  /** How many patterns stand, of all services. */
  public int patterns() {
    return services.values().stream().mapToInt(service -> service.logs.size()).sum();
  }

  /** The service that an entity is; null when it is not known. */
  @Nullable ServiceLogs find(Entity entity) {
    if (found.isEmpty()) {
      services.values().forEach(service -> found.put(service.entity, service));
    }
    return found.get(entity);
  }

  ServiceLogs add(LogSource source) {
    ServiceLogs service = new ServiceLogs(source.hash(), source.entity().withoutInstance());
    services.put(source.hash(), service);
    found.clear();
    return service;
  }

  void remove(long hash) {
    services.remove(hash);
    found.clear();
  }

  /** A copy that shares nothing that is ever changed. */
  public LogTable copy() {
    LogTable copy = new LogTable(rates.copy());
    services.forEach((hash, service) -> copy.services.put(hash, service.copy()));
    copy.findings = findings.copy();
    copy.closed = closed;
    copy.joiner = joiner.copy();
    return copy;
  }

  /** Writes the state, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    rates.writeTo(out);
    findings.writeTo(out);
    out.writeLong(closed);
    joiner.writeTo(out);
    out.writeInt(services.size());
    for (ServiceLogs each : services.values()) {
      each.writeTo(out);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of a later version, or of one before the first release
   */
  public static LogTable readFrom(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version < OLDEST || version > VERSION) {
      throw new IOException(
          "the state of logs is of version "
              + version
              + ", this release reads versions up to "
              + VERSION);
    }
    LogTable table = new LogTable(SeriesTable.readFrom(in));
    table.findings = RowPages.readFrom(in);
    table.closed = in.readLong();
    table.joiner = LineJoiner.readFrom(in, JOINING);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ServiceLogs service = ServiceLogs.readFrom(in, version);
      table.services.put(service.hash, service);
    }
    return table;
  }
}
