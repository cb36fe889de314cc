// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.findings.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The values of one finding over time. Not safe for several threads. */
final class Trail {
  private static final int MOST = 240;

  private final List<Point> points = new ArrayList<>();

  /**
   * One value beside what was expected.
   *
   * @param time ms since the epoch
   */
  record Point(long time, double observed, double expected, double lower, double upper) {
    /** A value of which is not known what was expected. */
    static Point observed(long time, double value) {
      return new Point(time, value, Double.NaN, Double.NaN, Double.NaN);
    }
  }

  /** Takes a record; of a trail that grows too long every second point is left out. */
  void take(Finding finding) {
    long last = points.isEmpty() ? Long.MIN_VALUE : points.get(points.size() - 1).time();
    if (finding.time() <= last) {
      return;
    }
    points.add(
        new Point(
            finding.time(),
            finding.observed(),
            finding.expected(),
            finding.lower(),
            finding.upper()));
    if (points.size() > MOST) {
      for (int i = points.size() - 2; i > 0; i -= 2) {
        points.remove(i);
      }
    }
  }

  /** These together with others by time; where both have one, these. */
  static List<Point> merged(List<Point> these, List<Point> others) {
    TreeMap<Long, Point> merged = new TreeMap<>();
    others.forEach(point -> merged.put(point.time(), point));
    these.forEach(point -> merged.put(point.time(), point));
    return List.copyOf(merged.values());
  }

  List<Point> points() {
    return List.copyOf(points);
  }
}
