// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What a picture shows of a symptom.
 *
 * <p>What was expected is told with findings only. It holds until it is told anew, and what was
 * before the onset is compared to the first.
 *
 * @param points the values, one at least, the oldest first
 * @param before what was expected first, from the first value to the onset; empty when nothing is
 *     known
 * @param since what was expected from the onset to the last value; empty likewise
 */
record SymptomCourse(List<Trail.Point> points, List<Trail.Point> before, List<Trail.Point> since) {
  private static final long LEAST_PAST_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final double MARGIN_MILLIS = 5_000;
  private static final int LINES = 5;
  private static final int MOST_TIMES = 6;

  static SymptomCourse of(Evidence symptom, List<Trail.Point> all) {
    List<Trail.Point> points = recent(all, symptom.onset());
    List<Trail.Point> told =
        points.stream()
            .filter(each -> Double.isFinite(each.lower()) && Double.isFinite(each.upper()))
            .toList();
    if (told.isEmpty()) {
      return new SymptomCourse(points, List.of(), List.of());
    }
    Trail.Point first = told.get(0);
    Trail.Point onset = at(Math.min(symptom.onset(), first.time()), first);
    List<Trail.Point> since = new ArrayList<>();
    since.add(onset);
    since.addAll(told);
    since.add(at(last(points).time(), last(told)));
    return new SymptomCourse(points, List.of(at(points.get(0).time(), first), onset), since);
  }

  /** As much of the past as there is to see since the onset, or some minutes. */
  private static List<Trail.Point> recent(List<Trail.Point> all, long onset) {
    long since = onset - Math.max(LEAST_PAST_MILLIS, last(all).time() - onset);
    List<Trail.Point> recent = all.stream().filter(each -> each.time() >= since).toList();
    return recent.isEmpty() ? all : recent;
  }

  private static Trail.Point last(List<Trail.Point> points) {
    return points.get(points.size() - 1);
  }

  /** What was expected at one time, at another. */
  private static Trail.Point at(long time, Trail.Point told) {
    return new Trail.Point(time, Double.NaN, told.expected(), told.lower(), told.upper());
  }

  Axis times(long onset) {
    long first = Math.min(points.get(0).time(), onset);
    return Axis.ofTimes(first - MARGIN_MILLIS, last(points).time() + MARGIN_MILLIS, MOST_TIMES);
  }

  /** A band far wider than the values differ would leave them a flat line; it is cut off then. */
  Axis values(String unit) {
    DoubleSummaryStatistics seen =
        DoubleStream.concat(finite(Trail.Point::observed), finite(Trail.Point::expected))
            .summaryStatistics();
    double low = seen.getCount() == 0 ? 0 : seen.getMin();
    double high = seen.getCount() == 0 ? 1 : seen.getMax();
    double most = high > low ? high - low : Math.max(Math.abs(high), 1);
    double lowest = finite(Trail.Point::lower).min().orElse(low);
    double highest = finite(Trail.Point::upper).max().orElse(high);
    return Axis.ofValues(
        Math.max(Math.min(low, lowest), low - most),
        Math.min(Math.max(high, highest), high + most),
        LINES,
        unit.startsWith("bytes"));
  }

  private DoubleStream finite(ToDoubleFunction<Trail.Point> column) {
    return points.stream().mapToDouble(column).filter(Double::isFinite);
  }
}
