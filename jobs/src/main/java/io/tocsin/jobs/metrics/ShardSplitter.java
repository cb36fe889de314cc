// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.DecodedBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a decoded body by shard: counts first, then fills arrays of the right size, so a sample is
 * written once and nothing grows on the way. One instance per thread.
 */
public final class ShardSplitter {
  /** Takes the batches of a body. */
  public interface Sink {
    void batch(ShardBatch batch);
  }

  private static final byte[] NONE = {};

  private final AnnouncedSeries announced = new AnnouncedSeries();
  private final int[] sampleCounts = new int[Shards.COUNT];
  private final byte[][] samples = new byte[Shards.COUNT][];
  private final int[] written = new int[Shards.COUNT];
  private final @Nullable ByteWriter[] extras = new ByteWriter[Shards.COUNT];
  private int[] shardOfSeries = new int[0];

  /**
   * Splits a body of live samples; one that holds nothing gives one empty batch.
   *
   * @param bytes the array that the body was decoded from
   * @param arrival when it was received, ms since the epoch
   */
  public void split(DecodedBody body, byte[] bytes, long arrival, Sink sink) {
    split(body, bytes, arrival, false, sink);
  }

  /**
   * Splits a body.
   *
   * @param history whether its samples are of the past, to be learned from only
   */
  void split(DecodedBody body, byte[] bytes, long arrival, boolean history, Sink sink) {
    announced.at(arrival);
    count(body);
    fill(body);
    histograms(body, bytes);
    metadata(body);
    boolean empty = true;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      ByteWriter extra = extras[shard];
      if (sampleCounts[shard] > 0 || extra != null) {
        empty = false;
        byte[] tail = extra == null ? NONE : extra.toBytes();
        byte[] head = sampleCounts[shard] > 0 ? samples[shard] : NONE;
        sink.batch(new ShardBatch(shard, arrival, history, head, tail));
      }
      sampleCounts[shard] = 0;
      samples[shard] = NONE;
      written[shard] = 0;
      extras[shard] = null;
    }
    if (empty) {
      sink.batch(new ShardBatch(ShardBatch.EMPTY, arrival, history, NONE, NONE));
    }
  }

  private void count(DecodedBody body) {
    int series = body.seriesCount();
    if (shardOfSeries.length < series) {
      shardOfSeries = new int[series * 2];
    }
    for (int s = 0; s < series; s++) {
      shardOfSeries[s] = Shards.of(body.group(s));
    }
    for (int n = 0; n < body.sampleCount(); n++) {
      sampleCounts[shardOfSeries[body.sampleSeries(n)]]++;
    }
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      if (sampleCounts[shard] > 0) {
        samples[shard] = new byte[sampleCounts[shard] * ShardBatch.SAMPLE_BYTES];
      }
    }
  }

  private void fill(DecodedBody body) {
    int announcedSeries = -1;
    for (int n = 0; n < body.sampleCount(); n++) {
      int series = body.sampleSeries(n);
      int shard = shardOfSeries[series];
      if (series != announcedSeries) {
        announce(body, series, shard);
        announcedSeries = series;
      }
      byte[] to = samples[shard];
      int at = written[shard];
      ShardBatch.LONG.set(to, at + ShardBatch.HASH, body.hash(series));
      ShardBatch.LONG.set(to, at + ShardBatch.TIME, body.timestamp(n));
      ShardBatch.LONG.set(to, at + ShardBatch.BITS, body.valueBits(n));
      ShardBatch.INT.set(to, at + ShardBatch.CHECK, body.check(series));
      written[shard] = at + ShardBatch.SAMPLE_BYTES;
    }
  }

  private void announce(DecodedBody body, int series, int shard) {
    if (announced.isNews(body.hash(series))) {
      ByteWriter out = extra(shard);
      out.writeByte(ShardBatch.SERIES);
      out.writeByte((byte) body.kind(series));
      out.writeLong(body.hash(series));
      out.writeInt(body.check(series));
      int length = body.labelBytes(series);
      out.writeInt(length);
      body.copyLabels(series, out.bytes(length), out.take(length));
    }
  }

  private void histograms(DecodedBody body, byte[] bytes) {
    for (int n = 0; n < body.histogramCount(); n++) {
      int series = body.histogramSeries(n);
      int shard = shardOfSeries[series];
      announce(body, series, shard);
      ByteWriter out = extra(shard);
      out.writeByte(ShardBatch.HISTOGRAM);
      out.writeLong(body.hash(series));
      out.writeInt(body.check(series));
      out.writeLong(body.histogramTimestamp(n));
      out.writeInt(body.histogramLength(n));
      out.write(bytes, body.histogramAt(n), body.histogramLength(n));
    }
  }

  /** A family's series lie in many shards, so all are told. */
  private void metadata(DecodedBody body) {
    for (int n = 0; n < body.metadataCount(); n++) {
      byte[] family = body.metadataFamily(n).getBytes(StandardCharsets.UTF_8);
      for (int shard = 0; shard < Shards.COUNT; shard++) {
        ByteWriter out = extra(shard);
        out.writeByte(ShardBatch.FAMILY);
        out.writeByte((byte) body.metadataKind(n));
        out.writeInt(family.length);
        out.write(family, 0, family.length);
      }
    }
  }

  private ByteWriter extra(int shard) {
    ByteWriter writer = extras[shard];
    if (writer == null) {
      writer = new ByteWriter();
      extras[shard] = writer;
    }
    return writer;
  }

  /** A growing array of bytes. */
  private static final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int length;

    /** The array, with room for so many more bytes. */
    byte[] bytes(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
      }
      return bytes;
    }

    /** Where so many bytes go that the caller writes. */
    int take(int more) {
      length += more;
      return length - more;
    }

    void writeByte(byte value) {
      bytes(1)[take(1)] = value;
    }

    void writeInt(int value) {
      ShardBatch.INT.set(bytes(Integer.BYTES), take(Integer.BYTES), value);
    }

    void writeLong(long value) {
      ShardBatch.LONG.set(bytes(Long.BYTES), take(Long.BYTES), value);
    }

    void write(byte[] from, int at, int size) {
      System.arraycopy(from, at, bytes(size), take(size), size);
    }

    byte[] toBytes() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
