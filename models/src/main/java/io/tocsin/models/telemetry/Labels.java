// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * The label set that names a series: name/value pairs sorted by name, each name once, no empty
 * value (Prometheus treats an empty label value as an absent label). Immutable.
 */
public final class Labels implements Iterable<Map.Entry<String, String>> {
  /** The label that holds the metric's name. */
  public static final String NAME = "__name__";

  private static final Labels EMPTY = new Labels(new String[0]);

  /** name, value, name, value, …: sorted by name. */
  private final String[] pairs;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /** Labels from alternating names and values, in any order. */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("labels need a value for each name");
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (sorted.put(namesAndValues[i], namesAndValues[i + 1]) != null) {
        throw new IllegalArgumentException("label " + namesAndValues[i] + " is given twice");
      }
    }
    return of(sorted);
  }

  /** Labels from a map; entries with an empty value are left out. */
  public static Labels of(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return EMPTY;
    }
    List<String> pairs = new ArrayList<>(labels.size() * 2);
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                pairs.add(name);
                pairs.add(value);
              }
            });
    return new Labels(pairs.toArray(String[]::new));
  }

  /**
   * Labels from alternating names and values; the last value of a name counts, and an empty one
   * does not. What is in order already, as written labels are, is taken as it is.
   *
   * @param pairs kept, so not to be changed any more
   */
  static Labels ofPairs(String[] pairs) {
    if (isOrdered(pairs)) {
      return new Labels(pairs);
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      sorted.put(pairs[i], pairs[i + 1]);
    }
    return of(sorted);
  }

  private static boolean isOrdered(String[] pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1].isEmpty() || (i > 0 && pairs[i - 2].compareTo(pairs[i]) >= 0)) {
        return false;
      }
    }
    return true;
  }

  /** The value of a label, or the empty string when there is none. */
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  /** The metric's name, or the empty string. */
  public String metric() {
    return get(NAME);
  }

  public int size() {
    return pairs.length / 2;
  }

  /** These labels with one set to a value, or taken away by an empty value. */
  public Labels with(String name, String value) {
    TreeMap<String, String> map = new TreeMap<>(toMap());
    map.put(name, value);
    return of(map);
  }

  /** A sorted map of these labels. */
  public Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Override
  public Iterator<Map.Entry<String, String>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < pairs.length;
      }

      @Override
      public Map.Entry<String, String> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        next += 2;
        return Map.entry(pairs[next - 2], pairs[next - 1]);
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  /** As in PromQL: {@code http_requests_total{code="500",job="shop"}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(metric());
    String separator = "{";
    for (Map.Entry<String, String> label : this) {
      if (!label.getKey().equals(NAME)) {
        text.append(separator).append(label.getKey()).append("=\"");
        text.append(label.getValue().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        separator = ",";
      }
    }
    return text.append(separator.equals(",") ? "}" : "").toString();
  }
}
