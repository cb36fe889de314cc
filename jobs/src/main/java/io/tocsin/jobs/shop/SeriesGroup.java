// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Series that share labels and come and go together: those of a pod, or of a node. */
final class SeriesGroup {
  private final Map<String, String> shared;
  private final List<Series> series;

  SeriesGroup(String... namesAndValues) {
    this(Labels.of(namesAndValues).toMap(), new ArrayList<>());
  }

  private SeriesGroup(Map<String, String> shared, List<Series> series) {
    this.shared = shared;
    this.series = series;
  }

  /** The same group, where more labels are shared by what is added through it. */
  SeriesGroup with(String... namesAndValues) {
    return new SeriesGroup(joined(namesAndValues), series);
  }

  /** Adds a series. */
  Series add(String metric, String... namesAndValues) {
    Map<String, String> labels = joined(namesAndValues);
    labels.put(Labels.NAME, metric);
    Series one = new Series(Labels.of(labels));
    series.add(one);
    return one;
  }

  List<Series> all() {
    return series;
  }

  private Map<String, String> joined(String... namesAndValues) {
    Map<String, String> labels = new TreeMap<>(shared);
    labels.putAll(Labels.of(namesAndValues).toMap());
    return labels;
  }
}
