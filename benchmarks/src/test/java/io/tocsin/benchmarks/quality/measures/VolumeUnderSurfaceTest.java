// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.benchmarks.quality.corpora.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VolumeUnderSurfaceTest {
  private static final double ROOT = Math.sqrt(0.5);

  private static double value(double[] scores, Segment... segments) {
    VolumeUnderSurface volume = new VolumeUnderSurface();
    volume.add(scores, List.of(segments), 0);
    return volume.value();
  }

  @Test
  void aSegmentOfOneSampleHasBuffersOfNoneAndOneSample() {
    // Half of one sample is none, so that both areas are those of the plain labels: 1 of 2.
    double[] scores = {0, 3, 2, 0};
    assertThat(value(scores, new Segment(2, 2))).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aPointBesideASegmentCountsForAPartOnceTheBufferReachesIt() {
    // Buffers 0, 1, 2. The last labels both neighbours with the root of a half.
    double[] scores = {0, 0, 9, 8, 7, 0, 0};
    double plain = 0.5 * (1.0 / 2) + 0.5 * (2.0 / 3);
    double labels = 2 + 2 * ROOT;
    double most = 2 / (2 + labels);
    double first = most * ROOT * ROOT;
    double second = most * 1 * (ROOT + 1) / 2;
    double third = most * 1 * (ROOT + 2) / 3;
    double last = 1 - most * (ROOT + 2);
    double widened = first + second + third + last * labels / 7;
    assertThat(value(scores, new Segment(3, 4)))
        .isCloseTo((plain + plain + widened) / 3, within(1e-12));
  }

  @Test
  void recallIsLessWhileSegmentsAreMissed() {
    // Half of the labels times half of the segments, then all at a precision of two in three.
    double[] scores = {0, 9, 0, 0, 0, 5, 4};
    double area = 0.25 * 1 + 0.75 * (2.0 / 3);
    assertThat(value(scores, new Segment(1, 1), new Segment(6, 6))).isCloseTo(area, within(1e-12));
  }

  @Test
  void whatLiesBeforeTheLabelledPartDoesNotCount() {
    VolumeUnderSurface volume = new VolumeUnderSurface();
    volume.add(new double[] {9, 9, 0, 1}, List.of(new Segment(3, 3)), 2);
    assertThat(volume.value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void nothingIsLabelledWithoutSegments() {
    assertThat(value(new double[] {1, 2, 3})).isZero();
  }

  /** At every threshold, over all points, as the definition says. */
  private static double byDefinition(double[] scores, List<Segment> segments, int buffer) {
    double[] labels = new double[scores.length];
    int[] group = new int[scores.length];
    int groups = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean inside = false;
      for (Segment segment : segments) {
        int outside = Math.max(0, Math.max(segment.from() - i, i - segment.to()));
        if (outside <= buffer / 2) {
          inside = true;
          labels[i] += outside == 0 ? 1 : Math.sqrt(1 - (double) outside / buffer);
        }
      }
      labels[i] = Math.min(1, labels[i]);
      groups += inside && (i == 0 || group[i - 1] == 0) ? 1 : 0;
      group[i] = inside ? groups : 0;
    }
    double plain = segments.stream().mapToInt(each -> each.to() - each.from() + 1).sum();
    double mean = (plain + Arrays.stream(labels).sum()) / 2;
    double area = 0;
    double before = 0;
    for (double threshold :
        Arrays.stream(scores).distinct().map(x -> -x).sorted().map(x -> -x).toArray()) {
      double detected = 0;
      int alarms = 0;
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= threshold) {
          detected += labels[i];
          alarms++;
          found.add(group[i]);
        }
      }
      double part = (double) found.stream().filter(each -> each > 0).distinct().count() / groups;
      double recall = Math.min(1, detected / mean) * part;
      area += (recall - before) * detected / alarms;
      before = recall;
    }
    return area;
  }

  @Test
  void itIsTheMeanOfWhatTheDefinitionSaysForEachBuffer() {
    SplittableRandom random = new SplittableRandom(7);
    List<Segment> segments =
        List.of(new Segment(10, 16), new Segment(30, 36), new Segment(42, 48), new Segment(90, 99));
    double[] scores = random.ints(100, 0, 12).asDoubleStream().toArray();
    double sum = 0;
    for (int buffer = 0; buffer <= 7; buffer++) {
      sum += byDefinition(scores, segments, buffer);
    }
    assertThat(value(scores, segments.toArray(new Segment[0]))).isCloseTo(sum / 8, within(1e-12));
  }

  @Test
  void subjectsHaveOneThreshold() {
    VolumeUnderSurface volume = new VolumeUnderSurface();
    volume.add(new double[] {0, 1, 0}, List.of(new Segment(1, 1)), 0);
    volume.add(new double[] {5, 0, 0}, List.of(), 0);
    assertThat(volume.value()).isCloseTo(0.5, within(1e-12));
  }
}
