// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.connectors.prometheus.PrometheusException.Kind;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.telemetry.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the answer to a range selector, a matrix, as it streams in; nothing of it is kept but the
 * columns of samples.
 *
 * <p>Native histograms are skipped and counted: the API gives their buckets by bounds and without
 * the schema, so that what came by remote write cannot be made of them again.
 */
final class MatrixReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MILLIS_PER_SECOND = 1000;

  private final RawSamples samples;
  private final PrometheusHistory.Window window;

  /** A reader of what lies in a window; the rest is left out. */
  MatrixReader(RawSamples samples, PrometheusHistory.Window window) {
    this.samples = samples;
    this.window = window;
  }

  /**
   * Reads an answer to its end.
   *
   * @throws PrometheusException when it is not what the API promises, or too much
   * @throws IOException when it does not arrive whole
   */
  void read(InputStream answer) throws IOException, PrometheusException {
    try (JsonParser json = JSON.createParser(answer)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      boolean found = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = json.currentName().equals("data");
        json.nextToken();
        if (data) {
          expect(json.currentToken() == JsonToken.START_OBJECT);
          data(json);
          found = true;
        } else {
          json.skipChildren();
        }
      }
      expect(found);
    }
  }

  private void data(JsonParser json) throws IOException, PrometheusException {
    boolean matrix = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "resultType" -> {
          if (!json.getText().equals("matrix")) {
            throw new PrometheusException(
                Kind.REFUSED, "the selector must select series, not give a " + json.getText());
          }
          matrix = true;
        }
        case "result" -> {
          expect(json.currentToken() == JsonToken.START_ARRAY);
          while (json.nextToken() == JsonToken.START_OBJECT) {
            series(json);
          }
        }
        default -> json.skipChildren();
      }
    }
    expect(matrix);
  }

  private void series(JsonParser json) throws IOException, PrometheusException {
    boolean labelled = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "metric" -> {
          samples.beginSeries(RemoteWriteEncoder.encodeLabels(labels(json)));
          labelled = true;
        }
        case "values" -> {
          // Go's encoders sort no fields, but all that have this API write the labels first.
          expect(labelled && json.currentToken() == JsonToken.START_ARRAY);
          while (json.nextToken() == JsonToken.START_ARRAY) {
            sample(json);
          }
        }
        case "histograms" -> histograms(json);
        default -> json.skipChildren();
      }
    }
  }

  private Labels labels(JsonParser json) throws IOException, PrometheusException {
    expect(json.currentToken() == JsonToken.START_OBJECT);
    Map<String, String> labels = new TreeMap<>(window.added());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(json.nextToken() == JsonToken.VALUE_STRING);
      labels.put(name, json.getText());
    }
    return Labels.of(labels);
  }

  private void sample(JsonParser json) throws IOException, PrometheusException {
    expect(json.nextToken().isNumeric());
    long time = Math.round(json.getDoubleValue() * MILLIS_PER_SECOND);
    expect(json.nextToken() == JsonToken.VALUE_STRING);
    double value = value(json.getText());
    expect(json.nextToken() == JsonToken.END_ARRAY);
    // Of the beginning, some servers answer with the sample that lies at it, some without.
    if (time > window.from() && time <= window.until() && !samples.add(time, value)) {
      throw new PrometheusException(
          Kind.TOO_MUCH, "there are over " + RawSamples.MOST_SAMPLES + " samples");
    }
  }

  private void histograms(JsonParser json) throws IOException, PrometheusException {
    expect(json.currentToken() == JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.skipChildren();
      samples.skipHistogram();
    }
  }

  /** Numbers as Go writes them. */
  private static double value(String text) throws PrometheusException {
    try {
      return switch (text) {
        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new PrometheusException(
          Kind.UNREADABLE, "the answer holds a value that is no number: " + text, e);
    }
  }

  private static void expect(boolean condition) throws PrometheusException {
    if (!condition) {
      throw new PrometheusException(
          Kind.UNREADABLE, "the answer is not that of Prometheus' API; is the URL right?");
    }
  }
}
