// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Names a series in few words, beside something that says what it is about: the metric and the
 * labels that tell it apart there, {@code http_requests_total{code="500"}}.
 */
public final class SeriesName {
  private static final int MOST_LABELS = 2;
  private static final int MOST_CHARACTERS = 40;
  private static final int MOST_TEMPLATE = 60;

  /** What says best what a series counts, as presets match on it, comes first. */
  private static final List<String> TELLING =
      List.of(
          "code",
          "status",
          "status_code",
          "statusCode",
          "response_code",
          "http_status_code",
          "http_response_status_code",
          "grpc_code",
          "rpc_grpc_status_code",
          "rpc_response_status_code",
          "envoy_response_code_class",
          "le",
          "quantile",
          "state",
          "phase",
          "condition",
          "reason",
          "resource",
          "topic",
          "device",
          "mountpoint");

  /** What names the place, not the thing. */
  private static final Set<String> PLACES = places();

  private SeriesName() {}

  private static Set<String> places() {
    EntityLabels labels = EntityLabels.DEFAULTS;
    Set<String> places = new HashSet<>();
    places.addAll(labels.cluster());
    places.addAll(labels.namespace());
    places.addAll(labels.workload());
    places.addAll(labels.service());
    places.addAll(labels.node());
    places.addAll(labels.pod());
    places.addAll(labels.instance());
    places.addAll(
        List.of("job", "container", "endpoint", "prometheus", "id", "uid", "image", "name"));
    return Set.copyOf(places);
  }

  /** What a finding is about: log lines by their pattern, all else by its series. */
  static String of(Finding finding) {
    return of(finding.labels(), finding.log());
  }

  /** What evidence is about. */
  public static String of(Evidence evidence) {
    return of(evidence.labels(), evidence.log());
  }

  private static String of(Labels labels, @Nullable LogEvidence log) {
    if (log == null || log.template().isEmpty()) {
      return of(labels);
    }
    String level = log.level().isEmpty() ? "log" : log.level() + " log";
    ChangedParameter parameter = log.parameter();
    String changed = parameter == null ? "" : " with " + parameter.value();
    return level + " \"" + cut(log.template(), MOST_TEMPLATE) + "\"" + changed;
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, columns - 1) + "…";
  }

  /** The metric with its telling labels, two at most. */
  static String of(Labels series) {
    StringJoiner told = new StringJoiner(",", series.metric() + "{", "}");
    told.setEmptyValue(series.metric());
    for (Map.Entry<String, String> label : telling(series)) {
      String value = label.getValue();
      told.add(label.getKey() + "=\"" + cut(value, MOST_CHARACTERS) + "\"");
    }
    return told.toString();
  }

  private static List<Map.Entry<String, String>> telling(Labels series) {
    List<Map.Entry<String, String>> telling = new ArrayList<>();
    for (Map.Entry<String, String> label : series) {
      String name = label.getKey();
      if (!name.startsWith("__") && !name.startsWith("exported_") && !PLACES.contains(name)) {
        telling.add(label);
      }
    }
    telling.sort(Comparator.comparingInt(SeriesName::rank).thenComparing(Map.Entry::getKey));
    return telling.subList(0, Math.min(MOST_LABELS, telling.size()));
  }

  private static int rank(Map.Entry<String, String> label) {
    int rank = TELLING.indexOf(label.getKey());
    return rank < 0 ? TELLING.size() : rank;
  }
}
