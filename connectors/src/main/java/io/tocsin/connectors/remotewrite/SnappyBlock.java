// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Snappy's block format, decoded into one buffer that is used again and again; one instance per
 * thread. What the header claims is checked before memory is taken: a block cannot unpack to more
 * than 64/3 of its size, so that a higher claim is a lie.
 */
public final class SnappyBlock {
  private static final int HIGHEST_RATIO = 22;

  private final SnappyDecompressor decompressor = new SnappyDecompressor();
  private final int maxBodyBytes;
  private final int maxDecodedBytes;
  private byte[] buffer = new byte[0];
  private int length;

  public SnappyBlock(RemoteWriteLimits limits) {
    maxBodyBytes = limits.maxBodyBytes();
    maxDecodedBytes = limits.maxDecodedBytes();
  }

  /** Decodes a block; {@code null} when {@link #bytes} holds the result. */
  public @Nullable Rejection decode(byte[] body, int from, int size) {
    length = 0;
    if (size > maxBodyBytes) {
      return new Rejection(
          Reason.BODY_TOO_LARGE, "the body has " + size + " bytes, over the limit " + maxBodyBytes);
    }
    long claimed = claimedLength(body, from, size);
    if (claimed < 0) {
      return corrupt("the header is not a length");
    }
    if (claimed > (long) size * HIGHEST_RATIO) {
      return corrupt("the header claims more than a body of this size can hold");
    }
    if (claimed > maxDecodedBytes) {
      return new Rejection(
          Reason.DECODED_TOO_LARGE,
          "the body unpacks to " + claimed + " bytes, over the limit " + maxDecodedBytes);
    }
    return unpack(body, from, size, (int) claimed);
  }

  private @Nullable Rejection unpack(byte[] body, int from, int size, int claimed) {
    if (buffer.length < claimed) {
      buffer = new byte[Math.min(maxDecodedBytes, Math.max(claimed, 2 * buffer.length))];
    }
    try {
      int unpacked = decompressor.decompress(body, from, size, buffer, 0, claimed);
      if (unpacked != claimed) {
        return corrupt("it unpacks to fewer bytes than its header claims");
      }
    } catch (MalformedInputException e) {
      return corrupt("its content is not what snappy writes");
    }
    length = claimed;
    return null;
  }

  /** The buffer with what was decoded last; only the first {@link #length} bytes mean anything. */
  public byte[] bytes() {
    return buffer;
  }

  /** How many bytes were decoded last; 0 after a rejection. */
  public int length() {
    return length;
  }

  /** A block with these bytes in it. */
  public static byte[] encode(byte[] plain, int from, int size) {
    SnappyCompressor compressor = new SnappyCompressor();
    byte[] packed = new byte[compressor.maxCompressedLength(size)];
    int packedSize = compressor.compress(plain, from, size, packed, 0, packed.length);
    return Arrays.copyOf(packed, packedSize);
  }

  /** The uncompressed length that the header claims, a varint of 32 bits; negative for none. */
  private static long claimedLength(byte[] body, int from, int size) {
    long value = 0;
    for (int i = 0; i < Math.min(size, 5); i++) {
      byte next = body[from + i];
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value > 0xFFFFFFFFL ? -1 : value;
      }
    }
    return -1;
  }

  private static Rejection corrupt(String what) {
    return new Rejection(Reason.COMPRESSION, "the body is not a snappy block: " + what);
  }
}
