// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.SeriesHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sources that were seen lately, found by the bytes of their names, so that a line makes no
 * text. Of bounded size: a source takes the place of the one that was where its hash leads.
 */
final class LogSources {
  private static final int SLOTS = 1 << 12;
  private static final byte[] NOTHING = {};

  /** NAMESPACE, SERVICE, POD, HOST, CONTAINER, STREAM: the order in which parts are put. */
  private static final int PARTS = 6;

  /** A name longer than this is cut: nothing that names a source is. */
  private static final int LONGEST = 512;

  private final @Nullable Known[] known = new Known[SLOTS];
  private final byte[] namespace;
  private final byte[] service;
  private final byte[] key = new byte[PARTS * LONGEST];
  private final int[] ends = new int[PARTS];
  private int parts;
  private LogSource source = LogSource.NONE;
  private long stream;

  /** A source under the bytes of its parts, which lie behind each other and end where told. */
  private static final class Known {
    private final byte[] key;
    private final int[] ends;
    private final LogSource source;
    private final long stream;

    Known(byte[] key, int[] ends, LogSource source, long stream) {
      this.key = key;
      this.ends = ends;
      this.source = source;
      this.stream = stream;
    }

    boolean is(byte[] otherKey, int[] otherEnds, int length) {
      return Arrays.equals(key, 0, key.length, otherKey, 0, length)
          && Arrays.equals(ends, otherEnds);
    }
  }

  /**
   * @param namespace of sources that name none
   * @param service of sources that name none
   */
  LogSources(String namespace, String service) {
    this.namespace = namespace.getBytes(StandardCharsets.UTF_8);
    this.service = service.getBytes(StandardCharsets.UTF_8);
    begin().end();
  }

  /** Begins a source. */
  LogSources begin() {
    parts = 0;
    return this;
  }

  /** Puts the next part of the source: namespace, service, pod, host, container, stream. */
  LogSources put(byte[] bytes, int from, int to) {
    int start = parts == 0 ? 0 : ends[parts - 1];
    if (from == to && parts < 2) {
      byte[] usual = parts == 0 ? namespace : service;
      return add(usual, 0, usual.length, start);
    }
    return add(bytes, from, to, start);
  }

  private LogSources add(byte[] bytes, int from, int to, int start) {
    int length = Math.min(to - from, LONGEST);
    System.arraycopy(bytes, from, key, start, length);
    ends[parts++] = start + length;
    return this;
  }

  /** Ends a source; the parts that were not put are empty. */
  void end() {
    while (parts < PARTS) {
      put(NOTHING, 0, 0);
    }
    int length = ends[PARTS - 1];
    long hash = SeriesHash.ofValue(key, 0, length);
    int slot = (int) (hash >>> 40) & (SLOTS - 1);
    Known there = known[slot];
    if (there == null || !there.is(key, ends, length)) {
      there = make(length);
      known[slot] = there;
    }
    source = there.source;
    stream = there.stream;
  }

  private Known make(int length) {
    long stream = 0;
    for (int part = 0; part < PARTS; part++) {
      int from = part == 0 ? 0 : ends[part - 1];
      long name = SeriesHash.ofValue(key, from, ends[part] - from);
      stream += SeriesHash.label(part, name);
    }
    LogSource source = LogSource.of(text(0), text(1), text(2), text(3));
    return new Known(Arrays.copyOf(key, length), ends.clone(), source, SeriesHash.finish(stream));
  }

  private String text(int part) {
    int from = part == 0 ? 0 : ends[part - 1];
    return new String(key, from, ends[part] - from, StandardCharsets.UTF_8);
  }

  /** The source that was ended last. */
  LogSource source() {
    return source;
  }

  /** Its stream; that of {@link io.tocsin.models.telemetry.LogLine#stream}. */
  long stream() {
    return stream;
  }
}
