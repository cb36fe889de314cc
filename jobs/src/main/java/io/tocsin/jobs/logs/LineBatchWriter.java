// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;

/** Gathers the lines of one shard into a batch. */
public final class LineBatchWriter {
  private static final int FIRST_BYTES = 4096;

  private final int shard;
  private final IdentityHashMap<LogSource, Integer> sources = new IdentityHashMap<>();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  public LineBatchWriter(int shard) {
    this.shard = shard;
  }

  /** Adds a line. */
  public void add(LogLine line) {
    add(line, line.stream());
  }

  /** Adds a line as one of another stream; the line itself stays as it is. */
  void add(LogLine line, long stream) {
    int source = source(line.source());
    int text = line.length();
    int trace = line.traceTo() - line.traceFrom();
    room(text + trace + 64);
    bytes[length++] = LineBatch.LINE;
    writeInt(source);
    writeLong(stream);
    writeLong(line.time());
    writeLong(line.arrival());
    bytes[length++] = LineCodes.of(line.severity());
    bytes[length++] = LineCodes.of(line.format());
    bytes[length++] = (byte) (line.isCut() ? 1 : 0);
    bytes[length++] = (byte) trace;
    copy(line.traceBytes(), line.traceFrom(), trace);
    writeInt(text);
    copy(line.bytes(), line.from(), text);
  }

  private void copy(byte[] from, int at, int count) {
    System.arraycopy(from, at, bytes, length, count);
    length += count;
  }

  private int source(LogSource source) {
    Integer known = sources.get(source);
    if (known != null) {
      return known;
    }
    int number = sources.size();
    sources.put(source, number);
    room(16);
    bytes[length++] = LineBatch.SOURCE;
    writeInt(number);
    writeText(source.namespace());
    writeText(source.service());
    writeText(source.pod());
    writeText(source.host());
    return number;
  }

  private void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(utf8.length + 8);
    writeInt(utf8.length);
    copy(utf8, 0, utf8.length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private void writeInt(int value) {
    LineBatch.INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  private void writeLong(long value) {
    LineBatch.LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Bytes gathered so far. */
  public int length() {
    return length;
  }

  /** What was gathered; it is empty again. */
  public LineBatch take() {
    LineBatch batch = new LineBatch(shard, Arrays.copyOf(bytes, length));
    length = 0;
    sources.clear();
    return batch;
  }
}
