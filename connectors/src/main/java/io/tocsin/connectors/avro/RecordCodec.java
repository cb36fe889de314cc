// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

/** Turns values of one type into bytes and back; usable from several threads at once. */
public interface RecordCodec<T> {
  /** The value in single-object encoding with the newest schema. */
  byte[] encode(T value);

  /**
   * The value that these bytes, and no more than these, hold.
   *
   * @throws UnreadableRecordException when they are not a record of this type in a known schema
   */
  T decode(byte[] bytes) throws UnreadableRecordException;
}
