// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** An Avro record as the mappings see it: fields by name, in the types of the models. */
final class Row {
  private final GenericRecord record;

  Row(GenericRecord record) {
    this.record = record;
  }

  /** An empty row of today's schema of a type. */
  static Row of(String type) {
    return new Row(new GenericData.Record(Schemas.of(type)));
  }

  GenericRecord record() {
    return record;
  }

  Row put(String name, Object value) {
    record.put(name, value);
    return this;
  }

  Row put(String name, Row value) {
    record.put(name, value.record);
    return this;
  }

  Row put(String name, Enum<?> value) {
    Schema schema = record.getSchema().getField(name).schema();
    record.put(name, new GenericData.EnumSymbol(schema, value.name()));
    return this;
  }

  <T> Row put(String name, List<T> values, Function<T, Row> mapping) {
    List<GenericRecord> rows = new ArrayList<>(values.size());
    for (T value : values) {
      rows.add(mapping.apply(value).record);
    }
    record.put(name, rows);
    return this;
  }

  /** Of a field that may be null. */
  Row putIfPresent(String name, @Nullable Row value) {
    record.put(name, value == null ? null : value.record);
    return this;
  }

  String text(String name) {
    return record.get(name).toString();
  }

  int integer(String name) {
    return (Integer) record.get(name);
  }

  long number(String name) {
    return (Long) record.get(name);
  }

  double real(String name) {
    return (Double) record.get(name);
  }

  ByteBuffer bytes(String name) {
    return (ByteBuffer) record.get(name);
  }

  <E extends Enum<E>> E symbol(String name, Class<E> type) {
    return Enum.valueOf(type, text(name));
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) record.get(name)).forEach((k, v) -> texts.put(k.toString(), v.toString()));
    return texts;
  }

  /** What a field holds that may be null. */
  <T> @Nullable T ifPresent(String name, Function<Row, T> mapping) {
    Object value = record.get(name);
    return value == null ? null : mapping.apply(new Row((GenericRecord) value));
  }

  List<String> list(String name) {
    List<String> texts = new ArrayList<>();
    ((List<?>) record.get(name)).forEach(each -> texts.add(each.toString()));
    return texts;
  }

  Row row(String name) {
    return new Row((GenericRecord) record.get(name));
  }

  <T> List<T> rows(String name, Function<Row, T> mapping) {
    List<T> values = new ArrayList<>();
    for (Object element : (Iterable<?>) record.get(name)) {
      values.add(mapping.apply(new Row((GenericRecord) element)));
    }
    return values;
  }
}
