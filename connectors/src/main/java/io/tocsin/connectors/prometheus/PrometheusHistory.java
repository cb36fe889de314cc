// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tocsin.connectors.prometheus.PrometheusException.Kind;
import io.tocsin.models.telemetry.MetricKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a Prometheus, or what has its HTTP API, remembers: raw samples, kinds of metrics, and the
 * labels that it adds to what it writes to others.
 *
 * <p>Raw samples are those of a range selector in an instant query ({@code
 * {job="shop"}[300000ms]}), which Prometheus, VictoriaMetrics and Thanos answer; remote read is
 * more exact (stale markers, native histograms), but only Prometheus has it.
 */
public final class PrometheusHistory {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final double MILLIS_PER_SECOND = 1000;

  private final ApiClient api;

  /**
   * A client.
   *
   * @param patience how long it asks again while Prometheus is not there or busy
   */
  public PrometheusHistory(PrometheusAddress address, Duration patience) {
    this(address, patience, FIRST_PAUSE);
  }

  PrometheusHistory(PrometheusAddress address, Duration patience, Duration firstPause) {
    this.api = new ApiClient(address, patience, firstPause);
  }

  /**
   * What is asked for at once.
   *
   * @param selectors series selectors of PromQL
   * @param from ms since the epoch, exclusive
   * @param until ms since the epoch, inclusive
   * @param added labels for every series that does not have them
   */
  public record Window(List<String> selectors, long from, long until, Map<String, String> added) {
    public Window {
      selectors = List.copyOf(selectors);
      added = Map.copyOf(added);
      if (from >= until || until - from > RawSamples.LONGEST_MILLIS) {
        throw new IllegalArgumentException("a window must be longer than zero, and not years long");
      }
    }
  }

  /** The raw samples of a window; one request for each selector, one after the other. */
  public RawSamples samples(Window window) throws PrometheusException, InterruptedException {
    RawSamples samples = new RawSamples(window.from());
    for (String selector : window.selectors()) {
      String query = "%s[%dms]".formatted(selector, window.until() - window.from());
      String time = String.format(Locale.ROOT, "%.3f", window.until() / MILLIS_PER_SECOND);
      RawSamples.Mark mark = samples.mark();
      api.ask(
          "/api/v1/query",
          // VictoriaMetrics would shift a window that ends now into the past; others do not care.
          Map.of("query", query, "time", time, "nocache", "1"),
          answer -> {
            // What broke off on the way is asked for again, and is not to be there twice.
            samples.backTo(mark);
            new MatrixReader(samples, window).read(answer);
            return samples;
          });
    }
    return samples;
  }

  /**
   * The kinds of metrics as targets declare them now. Of those that disagree about a metric, the
   * first that knows is believed; nothing when the server does not tell kinds.
   */
  public Map<String, MetricKind> kinds() throws PrometheusException, InterruptedException {
    JsonNode data = optional("/api/v1/metadata");
    Map<String, MetricKind> kinds = new TreeMap<>();
    data.properties()
        .forEach(
            metric -> {
              for (JsonNode entry : metric.getValue()) {
                MetricKind kind = kind(entry.path("type").asText());
                if (kind != MetricKind.UNKNOWN) {
                  kinds.putIfAbsent(metric.getKey(), kind);
                }
              }
            });
    return kinds;
  }

  /**
   * The labels that it adds to every series that it sends to others, but not to what it answers;
   * nothing when the server does not tell.
   */
  public Map<String, String> externalLabels() throws PrometheusException, InterruptedException {
    String text = optional("/api/v1/status/config").path("yaml").asText();
    Map<String, String> labels = new TreeMap<>();
    try {
      Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      if (file instanceof Map<?, ?> top
          && top.get("global") instanceof Map<?, ?> global
          && global.get("external_labels") instanceof Map<?, ?> external) {
        external.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
      }
    } catch (YAMLException e) {
      throw new PrometheusException(
          Kind.UNREADABLE, "the server's own configuration cannot be read", e);
    }
    return labels;
  }

  /** An endpoint that not every server has. */
  private JsonNode optional(String path) throws PrometheusException, InterruptedException {
    try {
      return api.ask(path, Map.of(), ApiClient::data);
    } catch (PrometheusException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      return MissingNode.getInstance();
    }
  }

  private static MetricKind kind(String type) {
    return switch (type) {
      case "counter" -> MetricKind.COUNTER;
      case "gauge" -> MetricKind.GAUGE;
      case "histogram" -> MetricKind.HISTOGRAM;
      case "gaugehistogram" -> MetricKind.GAUGE_HISTOGRAM;
      case "summary" -> MetricKind.SUMMARY;
      case "info" -> MetricKind.INFO;
      case "stateset" -> MetricKind.STATE_SET;
      default -> MetricKind.UNKNOWN;
    };
  }
}
