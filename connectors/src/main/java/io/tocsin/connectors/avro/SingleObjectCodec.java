// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;

/** Codec of one record type: its schemas and its mapping to a model. */
final class SingleObjectCodec<T> implements RecordCodec<T> {
  /** The bytes C3 01, read as a little-endian number. */
  private static final int MARKER = 0x01C3;

  private static final int HEADER_BYTES = 10;

  private final String type;
  private final Function<T, Row> toRow;
  private final Function<Row, T> fromRow;
  private final BinaryMessageEncoder<GenericRecord> encoder;
  private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  SingleObjectCodec(String type, Function<T, Row> toRow, Function<Row, T> fromRow) {
    this.type = type;
    this.toRow = toRow;
    this.fromRow = fromRow;
    Schema today = Schemas.of(type);
    this.encoder = new BinaryMessageEncoder<>(new GenericData(), today);
    addReader(today, today);
    Schemas.earlier(type).forEach(written -> addReader(written, today));
  }

  private void addReader(Schema written, Schema today) {
    readers.put(
        SchemaNormalization.parsingFingerprint64(written),
        new GenericDatumReader<>(written, today, new GenericData()));
  }

  /** Whether the bytes begin as one of this type's schemas prescribes. */
  boolean recognises(byte[] bytes) {
    return isSingleObject(bytes) && readers.containsKey(fingerprint(bytes));
  }

  @Override
  public byte[] encode(T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      encoder.encode(toRow.apply(value).record(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a " + type + " cannot be encoded", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public T decode(byte[] bytes) throws UnreadableRecordException {
    GenericDatumReader<GenericRecord> reader = reader(bytes);
    // Reading from an array, not from a stream: only then does Avro compare a claimed length with
    // the bytes that are left before it allocates.
    BinaryDecoder in =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      T value = fromRow.apply(new Row(reader.read(null, in)));
      if (in.isEnd()) {
        return value;
      }
    } catch (IOException | RuntimeException e) {
      // Avro has no common type for what it throws at bytes that break their schema.
      throw new UnreadableRecordException(
          UnreadableRecordException.MALFORMED, "the " + type + " does not follow its schema", e);
    }
    throw new UnreadableRecordException(
        UnreadableRecordException.MALFORMED,
        "the " + type + " is followed by bytes that are not part of it",
        null);
  }

  private GenericDatumReader<GenericRecord> reader(byte[] bytes) throws UnreadableRecordException {
    if (!isSingleObject(bytes)) {
      throw new UnreadableRecordException(
          UnreadableRecordException.NOT_AVRO,
          "the record does not begin with the marker and fingerprint of Avro's single-object"
              + " encoding",
          null);
    }
    GenericDatumReader<GenericRecord> reader = readers.get(fingerprint(bytes));
    if (reader == null) {
      throw new UnreadableRecordException(
          UnreadableRecordException.UNKNOWN_SCHEMA,
          String.format(
              "the schema with fingerprint %016x is not one of a %s that this version knows",
              fingerprint(bytes), type),
          null);
    }
    return reader;
  }

  private static boolean isSingleObject(byte[] bytes) {
    return bytes.length >= HEADER_BYTES && littleEndian(bytes).getShort(0) == MARKER;
  }

  private static long fingerprint(byte[] bytes) {
    return littleEndian(bytes).getLong(2);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
