// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.jobs.metrics.ShardBatch;
import io.tocsin.jobs.metrics.ShardBatchSerializer;
import io.tocsin.jobs.metrics.ShardSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A form in which bodies may lie in Kafka between gateway and job, with what each of both does to
 * make it and to read it. Either way the gateway decodes a body, since it must know whether it is
 * right before it answers, and the job ends up with batches by shard.
 */
abstract class GatewayForm {
  /** Takes the records that the gateway makes. */
  interface Records {
    /**
     * One record.
     *
     * @param place what decides the partition
     */
    void send(int place, byte[] value);
  }

  private final String title;
  private final String compression;
  private final SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody decoded = new DecodedBody();
  private final ShardSplitter splitter = new ShardSplitter();

  private GatewayForm(String title, String compression) {
    this.title = title;
    this.compression = compression;
  }

  /** The body as it came. */
  static GatewayForm body() {
    return new Body();
  }

  /** One record per shard, with Kafka's compression of this name. */
  static GatewayForm split(String compression) {
    return new Split(compression);
  }

  String title() {
    return title;
  }

  String compression() {
    return compression;
  }

  /** What the gateway does with a body. */
  abstract void write(int sender, byte[] body, Records out);

  /** What the job does with a record: makes batches of it, and gives the samples in them. */
  abstract int read(byte[] record);

  final void decode(byte[] body) {
    Rejection rejection = snappy.decode(body, 0, body.length);
    if (rejection == null) {
      rejection = decoder.decode(snappy.bytes(), 0, snappy.length(), Protocol.V1, decoded);
    }
    if (rejection != null) {
      throw new IllegalStateException("a generated body is unreadable: " + rejection.detail());
    }
  }

  final void split(ShardSplitter.Sink sink) {
    splitter.split(decoded, snappy.bytes(), Long.MAX_VALUE, sink);
  }

  private static final class Body extends GatewayForm {
    private int samples;

    Body() {
      super("body as it came", "none");
    }

    @Override
    void write(int sender, byte[] body, Records out) {
      decode(body);
      out.send(sender, body);
    }

    @Override
    int read(byte[] record) {
      decode(record);
      samples = 0;
      split(batch -> samples += batch.sampleCount());
      return samples;
    }
  }

  private static final class Split extends GatewayForm {
    private final DataOutputSerializer out = new DataOutputSerializer(4096);
    private final DataInputDeserializer in = new DataInputDeserializer();

    Split(String compression) {
      super("split by shard, " + compression, compression);
    }

    @Override
    void write(int sender, byte[] body, Records to) {
      decode(body);
      split(batch -> to.send(batch.shard(), bytes(batch)));
    }

    private byte[] bytes(ShardBatch batch) {
      try {
        out.clear();
        ShardBatchSerializer.INSTANCE.serialize(batch, out);
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    int read(byte[] record) {
      try {
        in.setBuffer(record);
        return ShardBatchSerializer.INSTANCE.deserialize(in).sampleCount();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
