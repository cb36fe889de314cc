// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.List;

/**
 * The text of OpenTelemetry's records and values. A body that is a map gives its message, or else
 * all that is in it as {@code key=value}; without a body, the exception or the event's name is the
 * text.
 */
final class OtlpText {
  private final List<String> messages;

  /**
   * @param messages keys of the message in a body that is a map, in order of preference
   */
  OtlpText(List<String> messages) {
    this.messages = messages;
  }

  ByteString of(LogRecord log) {
    AnyValue body = log.getBody();
    ByteString text = body.hasKvlistValue() ? ofMap(body) : of(body);
    if (!text.isEmpty()) {
      return text;
    }
    ByteString exception = attribute(log.getAttributesList(), "exception.message");
    if (exception.isEmpty()) {
      return log.getEventNameBytes();
    }
    ByteString type = attribute(log.getAttributesList(), "exception.type");
    return type.isEmpty()
        ? exception
        : type.concat(ByteString.copyFromUtf8(": ")).concat(exception);
  }

  private ByteString ofMap(AnyValue body) {
    for (String name : messages) {
      ByteString message = attribute(body.getKvlistValue().getValuesList(), name);
      if (!message.isEmpty()) {
        return message;
      }
    }
    return of(body);
  }

  /** An attribute's value; empty if there is none. */
  static ByteString attribute(List<KeyValue> attributes, String name) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(name)) {
        return of(attribute.getValue());
      }
    }
    return ByteString.EMPTY;
  }

  private static ByteString of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValueBytes();
      case BYTES_VALUE -> value.getBytesValue();
      case BOOL_VALUE -> ByteString.copyFromUtf8(Boolean.toString(value.getBoolValue()));
      case INT_VALUE -> ByteString.copyFromUtf8(Long.toString(value.getIntValue()));
      case DOUBLE_VALUE -> ByteString.copyFromUtf8(Double.toString(value.getDoubleValue()));
      case ARRAY_VALUE, KVLIST_VALUE -> {
        StringBuilder text = new StringBuilder();
        write(value, text);
        yield ByteString.copyFromUtf8(text.toString());
      }
      default -> ByteString.EMPTY;
    };
  }

  private static void write(AnyValue value, StringBuilder text) {
    if (value.hasKvlistValue()) {
      for (KeyValue entry : value.getKvlistValue().getValuesList()) {
        separate(text);
        text.append(entry.getKey()).append('=');
        write(entry.getValue(), text);
      }
    } else if (value.hasArrayValue()) {
      for (AnyValue entry : value.getArrayValue().getValuesList()) {
        separate(text);
        write(entry, text);
      }
    } else {
      text.append(of(value).toStringUtf8());
    }
  }

  private static void separate(StringBuilder text) {
    if (text.length() > 0 && text.charAt(text.length() - 1) != '=') {
      text.append(' ');
    }
  }
}
