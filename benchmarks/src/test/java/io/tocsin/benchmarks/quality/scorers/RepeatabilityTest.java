// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.benchmarks.quality.corpora.Corpora;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.quality.corpora.Segment;
import io.tocsin.benchmarks.quality.corpora.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The scores of what is shipped are bit by bit the same whatever follows, and after a restore. Some
 * tests need NAB: {@code -Dtocsin.corpora=DIR}.
 */
class RepeatabilityTest {
  private static final int NEVER = -1;

  private static Subject synthetic() {
    SplittableRandom random = new SplittableRandom(11);
    long[] times = new long[3000];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_704_067_200_000L + i * 300_000L;
      values[i] = random.nextDouble() + (i % 700 > 680 ? 20 : 0);
    }
    return new Subject("synthetic", times, new double[][] {values}, 0, List.<Segment>of());
  }

  private static List<Subject> nab() {
    Path root = Path.of(System.getProperty("tocsin.corpora", "")).resolve("nab");
    assumeTrue(
        Files.isDirectory(root),
        "skipped: no corpus at "
            + root.toAbsolutePath()
            + "; name the directory that holds nab by -Dtocsin.corpora=DIR");
    return Corpora.read(root, Layout.NAB, "nab").subjects();
  }

  private static long[] bits(Subject subject, int length, int restoreAt) {
    ShippedScorer scorer = new Shipped().start(1);
    long[] bits = new long[length];
    for (int i = 0; i < length; i++) {
      if (i == restoreAt) {
        scorer.restore(scorer.snapshot());
      }
      double score = scorer.score(0, subject.time(i), subject.value(0, i));
      bits[i] = Double.doubleToRawLongBits(score);
    }
    return bits;
  }

  private static void requireSameBits(Subject subject) {
    int half = subject.length() / 2;
    long[] whole = bits(subject, subject.length(), NEVER);
    assertThat(bits(subject, half, NEVER)).as(subject.name()).isEqualTo(Arrays.copyOf(whole, half));
    assertThat(bits(subject, subject.length(), half)).as(subject.name()).isEqualTo(whole);
  }

  @Test
  void aSeriesScoresTheSameWhenItIsCutOrRestored() {
    requireSameBits(synthetic());
  }

  @Test
  void everyFileOfNabScoresTheSameWhenItIsCutOrRestored() {
    nab().forEach(RepeatabilityTest::requireSameBits);
  }
}
