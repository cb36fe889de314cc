// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.connectors.remotewrite.SnappyBlock;
import io.tocsin.models.telemetry.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Remote-write bodies, compressed as they are sent. */
final class Bodies {
  private Bodies() {}

  static byte[] samples(Protocol protocol, int count) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    for (int i = 0; i < count; i++) {
      Labels labels = Labels.of("__name__", "up", "instance", "host-" + i);
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1_700_000_000_000L + i, i);
    }
    return encoder.finish();
  }

  /** A body with one sample of this time, in ms since 1970. */
  static byte[] at(long time) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    encoder.sample(RemoteWriteEncoder.encodeLabels(Labels.of("__name__", "up")), time, 1);
    return encoder.finish();
  }

  /** A body with one empty native histogram of this time, in ms since 1970. */
  static byte[] histogramAt(long time) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    ByteBuffer histogram = ByteBuffer.allocate(20).put((byte) (15 << 3));
    long rest = time;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      histogram.put((byte) (rest | 0x80));
    }
    histogram.put((byte) rest);
    encoder.histogram(
        RemoteWriteEncoder.encodeLabels(Labels.of("__name__", "latency")),
        Arrays.copyOf(histogram.array(), histogram.position()));
    return encoder.finish();
  }

  /** A good body of at least so many bytes after compression. */
  static byte[] large(int bytes) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    Random random = new Random(11);
    StringBuilder noise = new StringBuilder();
    for (int size = 0; size < bytes + bytes / 10; size += 2_000) {
      noise.setLength(0);
      for (int i = 0; i < 2_000; i++) {
        noise.append((char) ('0' + random.nextInt(75)));
      }
      Labels labels = Labels.of("__name__", "noise", "text", noise.toString());
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1, 1);
    }
    return encoder.finish();
  }

  static byte[] packed(byte[] plain) {
    return SnappyBlock.encode(plain, 0, plain.length);
  }

  static byte[] packed(String plain) {
    return packed(plain.getBytes(StandardCharsets.ISO_8859_1));
  }
}
