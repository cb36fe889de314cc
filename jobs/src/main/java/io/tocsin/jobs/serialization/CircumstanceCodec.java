// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.connectors.avro.UnreadableRecordException;
import java.util.Arrays;
import java.util.Objects;

/** One byte that tells what it is, then the bytes of that. For edges only; no state holds it. */
final class CircumstanceCodec implements RecordCodec<Circumstance> {
  private static final byte CHANGE = 0;
  private static final byte TOPOLOGY = 1;
  private static final byte FEEDBACK = 2;

  @Override
  public byte[] encode(Circumstance each) {
    if (each.change() != null) {
      return tagged(CHANGE, Codecs.CHANGES.encode(each.change()));
    }
    if (each.topology() != null) {
      return tagged(TOPOLOGY, Codecs.TOPOLOGY.encode(each.topology()));
    }
    return tagged(FEEDBACK, Codecs.FEEDBACK.encode(Objects.requireNonNull(each.feedback())));
  }

  @Override
  public Circumstance decode(byte[] bytes) throws UnreadableRecordException {
    byte[] body = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    byte tag = bytes.length == 0 ? FEEDBACK : bytes[0];
    return switch (tag) {
      case CHANGE -> Circumstance.of(Codecs.CHANGES.decode(body));
      case TOPOLOGY -> Circumstance.of(Codecs.TOPOLOGY.decode(body));
      default -> Circumstance.of(Codecs.FEEDBACK.decode(body));
    };
  }

  static byte[] tagged(byte tag, byte[] body) {
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = tag;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }
}
