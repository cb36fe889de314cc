// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.models.incidents.Alert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts in the form of {@code POST /api/v2/alerts}. */
final class AlertmanagerJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** The annotation that becomes the link at the alert's source. */
  private static final String SOURCE = "incident_url";

  private AlertmanagerJson() {}

  /**
   * The body of a request.
   *
   * @param lease until when alerts that fire do so unless they are sent again, ms since the epoch
   */
  static byte[] encode(List<Alert> alerts, long lease) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * alerts.size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (Alert alert : alerts) {
        write(json, alert, alert.firing() ? lease : alert.endsAt());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Alert alert, long endsAt) throws IOException {
    json.writeStartObject();
    writeMap(json, "labels", alert.labels());
    writeMap(json, "annotations", alert.annotations());
    json.writeStringField("startsAt", Instant.ofEpochMilli(alert.startsAt()).toString());
    // An end before the beginning is refused.
    long end = Math.max(endsAt, alert.startsAt());
    json.writeStringField("endsAt", Instant.ofEpochMilli(end).toString());
    String source = alert.annotations().get(SOURCE);
    if (source != null) {
      json.writeStringField("generatorURL", source);
    }
    json.writeEndObject();
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
