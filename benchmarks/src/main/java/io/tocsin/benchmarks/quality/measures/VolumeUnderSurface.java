// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The volume under the surface of precision over recall and buffer length, VUS-PR (J. Paparrizos et
 * al., Volume Under the Surface: A New Accuracy Evaluation Measure for Time-Series Anomaly
 * Detection, PVLDB 15(11), 2022). A segment is widened by half a buffer to both sides; {@code d}
 * samples outside it a point is labelled {@code sqrt(1 - d / buffer)}. Precision is the labels
 * among what is detected; recall is the detected labels in parts of the mean of the plain and the
 * widened labels, times the part of the widened segments in which anything is detected. The area of
 * one buffer is the mean precision where recall rises, as of {@link AveragePrecision}.
 *
 * <p>Thresholds are common to all subjects, as a detector has one for all. All of them count, not a
 * sample, for only labelled points change recall. Buffers go from none to the median length of the
 * segments, in at most {@value #MOST_BUFFERS} steps; so the cost is one sort of all scores and, for
 * each buffer, one of the labelled points.
 */
public final class VolumeUnderSurface {
  private static final int MOST_BUFFERS = 16;

  /** The part of a subject that labels speak of; segments are counted from its beginning. */
  private static final class Part {
    private final double[] scores;
    private final List<Segment> segments;

    Part(double[] scores, List<Segment> segments) {
      this.scores = scores;
      this.segments = segments;
    }
  }

  /** A labelled point; {@code opens} counts the widened segments whose highest score it is. */
  private record Point(double score, double label, int opens) {}

  private final List<Part> parts = new ArrayList<>();

  /** Adds points from an index on. */
  public void add(double[] scores, List<Segment> segments, int from) {
    List<Segment> moved =
        segments.stream()
            .map(each -> new Segment(each.from() - from, each.to() - from))
            .sorted(Comparator.comparingInt(Segment::from))
            .toList();
    parts.add(new Part(Arrays.copyOfRange(scores, from, scores.length), moved));
  }

  /** The mean area over all buffers; 0 without any segment. */
  public double value() {
    int[] lengths =
        parts.stream()
            .flatMap(part -> part.segments.stream())
            .mapToInt(each -> each.to() - each.from() + 1)
            .sorted()
            .toArray();
    if (lengths.length == 0) {
      return 0;
    }
    double[] sorted =
        parts.stream().flatMapToDouble(part -> DoubleStream.of(part.scores)).sorted().toArray();
    int longest = lengths[lengths.length / 2];
    int buffers = Math.min(MOST_BUFFERS, longest + 1);
    int plain = Arrays.stream(lengths).sum();
    double sum = 0;
    for (int i = 0; i < buffers; i++) {
      int buffer = (int) Math.round((double) i * longest / Math.max(1, buffers - 1));
      sum += area(sorted, plain, buffer);
    }
    return sum / buffers;
  }

  /** The area under precision over recall for one buffer. */
  private double area(double[] sorted, int plain, int buffer) {
    List<Point> points = new ArrayList<>();
    parts.forEach(part -> new Widened(part, buffer).addTo(points));
    points.sort(Comparator.comparingDouble(Point::score).reversed());
    double labels = points.stream().mapToDouble(Point::label).sum();
    int segments = points.stream().mapToInt(Point::opens).sum();
    double area = 0;
    double recall = 0;
    double detected = 0;
    int found = 0;
    for (int i = 0; i < points.size(); i++) {
      detected += points.get(i).label();
      found += points.get(i).opens();
      double score = points.get(i).score();
      if (i + 1 == points.size() || points.get(i + 1).score() != score) {
        double risen = Math.min(1, 2 * detected / (plain + labels)) * found / segments;
        area += (risen - recall) * detected / atLeast(sorted, score);
        recall = risen;
      }
    }
    return area;
  }

  /** How many of sorted scores are not below this one, which is among them. */
  private static int atLeast(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return sorted.length - low;
  }

  /** The labels of a part with segments widened to both sides. */
  private static final class Widened {
    private final Part part;
    private final int buffer;

    Widened(Part part, int buffer) {
      this.part = part;
      this.buffer = buffer;
    }

    /** Adds all labelled points; widened segments that meet are one. */
    void addTo(List<Point> points) {
      List<Segment> segments = part.segments;
      int first = 0;
      while (first < segments.size()) {
        int last = first;
        while (last + 1 < segments.size() && end(last) >= begin(last + 1)) {
          last++;
        }
        addTo(points, first, last);
        first = last + 1;
      }
    }

    private int begin(int segment) {
      return Math.max(0, part.segments.get(segment).from() - buffer / 2);
    }

    private int end(int segment) {
      int end = part.segments.get(segment).to() + buffer / 2;
      return Math.min(part.scores.length - 1, end);
    }

    private void addTo(List<Point> points, int first, int last) {
      int begin = begin(first);
      double[] labels = new double[end(last) - begin + 1];
      for (int segment = first; segment <= last; segment++) {
        for (int i = begin(segment); i <= end(segment); i++) {
          labels[i - begin] += label(part.segments.get(segment), i);
        }
      }
      double[] scores = Arrays.copyOfRange(part.scores, begin, begin + labels.length);
      double highest = Arrays.stream(scores).max().orElseThrow();
      boolean opened = false;
      for (int i = 0; i < labels.length; i++) {
        boolean opens = !opened && scores[i] == highest;
        opened |= opens;
        points.add(new Point(scores[i], Math.min(1, labels[i]), opens ? 1 : 0));
      }
    }

    private double label(Segment segment, int index) {
      int outside = Math.max(segment.from() - index, index - segment.to());
      return outside <= 0 ? 1 : Math.sqrt(1 - (double) outside / buffer);
    }
  }
}
