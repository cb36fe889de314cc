// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.models.incidents.Evidence;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The values of a finding as the page's script draws them. */
final class ChartData {
  private static final JsonFactory JSON = new JsonFactory();

  private ChartData() {}

  /** JSON: columns of equal length, times in seconds since the epoch, null where there is none. */
  static String of(Evidence evidence, List<Trail.Point> points) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("unit", evidence.unit());
      json.writeNumberField("onset", evidence.onset() / 1e3);
      column(json, "time", points, point -> point.time() / 1e3);
      column(json, "observed", points, Trail.Point::observed);
      column(json, "expected", points, Trail.Point::expected);
      column(json, "lower", points, Trail.Point::lower);
      column(json, "upper", points, Trail.Point::upper);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private static void column(
      JsonGenerator json,
      String name,
      List<Trail.Point> points,
      ToDoubleFunction<Trail.Point> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Trail.Point point : points) {
      double number = value.applyAsDouble(point);
      if (Double.isFinite(number)) {
        json.writeNumber(number);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
