// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.Rejection;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Gives random bodies to the decoder and to protobuf-java and compares what comes out. */
final class DecoderEquality {
  /** Tight, so that random bodies meet the limits. */
  private static final RemoteWriteLimits LIMITS =
      new RemoteWriteLimits(4096, 4096, 4, 30, 8, 24, 140, 5, 6);

  private static final int KEPT = 5;

  private final RandomBodies bodies;
  private final SplittableRandom random;
  private final ProtobufOracle oracle = new ProtobufOracle(LIMITS);
  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(LIMITS);
  private final DecodedBody decoded = new DecodedBody();
  private final List<String> differences = new ArrayList<>();
  private int accepted;
  private int rejected;
  private int different;

  private DecoderEquality(long seed) {
    bodies = new RandomBodies(seed);
    random = new SplittableRandom(~seed);
  }

  /**
   * What a run found.
   *
   * @param examples some of the bodies on which decoder and protobuf-java differ
   */
  record Result(int bodies, int accepted, int rejected, int different, List<String> examples) {}

  /** Compares this many bodies, alternating between the protocols. */
  static Result run(int count, long seed) {
    DecoderEquality equality = new DecoderEquality(seed);
    for (int i = 0; i < count; i++) {
      equality.compare(i % 2 == 0 ? Protocol.V1 : Protocol.V2);
    }
    return new Result(
        count,
        equality.accepted,
        equality.rejected,
        equality.different,
        List.copyOf(equality.differences));
  }

  private void compare(Protocol protocol) {
    byte[] body = bodies.next(protocol);
    Content expected = oracle.read(body, protocol);
    Content found = decode(body, protocol);
    if (expected == null) {
      rejected++;
    } else {
      accepted++;
    }
    if (!Objects.equals(expected, found)) {
      different++;
      if (differences.size() < KEPT) {
        differences.add(
            protocol
                + " "
                + HexFormat.of().formatHex(body)
                + "\n  expected "
                + expected
                + "\n  found    "
                + (found == null ? String.valueOf(rejection) : found));
      }
    }
  }

  private @Nullable Rejection rejection;

  /** Decodes the body from the middle of an array with other bytes around it. */
  private @Nullable Content decode(byte[] body, Protocol protocol) {
    int before = random.nextInt(9);
    byte[] array = new byte[before + body.length + random.nextInt(9)];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) random.nextInt(256);
    }
    System.arraycopy(body, 0, array, before, body.length);
    rejection = decoder.decode(array, before, body.length, protocol, decoded);
    return rejection == null ? Content.of(decoded, array) : null;
  }
}
