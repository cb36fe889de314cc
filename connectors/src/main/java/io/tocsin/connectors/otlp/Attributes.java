// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names with their values, in OTLP's form. */
final class Attributes {
  private Attributes() {}

  static List<KeyValue> of(Map<String, String> values) {
    List<KeyValue> attributes = new ArrayList<>();
    values.forEach((name, value) -> attributes.add(of(name, value)));
    return attributes;
  }

  static KeyValue of(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue of(String name, double value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setDoubleValue(value))
        .build();
  }

  /** Who sends. */
  static Resource resource(Map<String, String> values) {
    return Resource.newBuilder().addAllAttributes(of(values)).build();
  }
}
