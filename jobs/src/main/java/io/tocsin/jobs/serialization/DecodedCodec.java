// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.avro.RecordCodec;
import io.tocsin.connectors.avro.UnreadableRecordException;
import java.util.Arrays;
import java.util.Objects;

/** One byte that tells value from dead letter, then the bytes of what it is. */
final class DecodedCodec<T> implements RecordCodec<Decoded<T>> {
  private static final byte VALUE = 0;
  private static final byte UNREADABLE = 1;

  private final RecordCodec<T> values;

  DecodedCodec(RecordCodec<T> values) {
    this.values = values;
  }

  @Override
  public byte[] encode(Decoded<T> decoded) {
    T value = decoded.value();
    if (value != null) {
      return CircumstanceCodec.tagged(VALUE, values.encode(value));
    }
    return CircumstanceCodec.tagged(
        UNREADABLE, Codecs.DEAD_LETTERS.encode(Objects.requireNonNull(decoded.unreadable())));
  }

  @Override
  public Decoded<T> decode(byte[] bytes) throws UnreadableRecordException {
    byte[] body = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    return bytes.length > 0 && bytes[0] == UNREADABLE
        ? Decoded.unreadable(Codecs.DEAD_LETTERS.decode(body))
        : Decoded.of(values.decode(body));
  }
}
