// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.quality.baselines.Baselines;
import io.tocsin.benchmarks.quality.scorers.Candidate;
import io.tocsin.benchmarks.quality.scorers.Scorer;
import io.tocsin.benchmarks.quality.scorers.Shipped;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Judging and learning a value, of series that take turns and are old enough for profiles. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class JudgeValues {
  private static final int WARM_UP = 300;
  private static final int DAY = 288;
  private static final long INTERVAL_MILLIS = 300_000;

  /** The shipped scorer, or what its quality is compared with. */
  @Param({"tocsin", "ewz", "seasonal", "rcf"})
  public String detector;

  private final SplittableRandom random = new SplittableRandom(1);
  private Scorer scorer;
  private int series;
  private int of;
  private long step;

  /** Lets the series grow old. */
  @Setup
  public void prepare() {
    Candidate candidate =
        Stream.concat(Stream.of(new Shipped()), Baselines.all().stream())
            .filter(each -> each.name().equals(detector))
            .findFirst()
            .orElseThrow();
    series = candidate.costSeries();
    scorer = candidate.start(series);
    for (int i = 0; i < WARM_UP * series; i++) {
      judge();
    }
  }

  /** Judges the next value. */
  @Benchmark
  public double judge() {
    double wave = 20 * Math.sin(2 * Math.PI * step / DAY);
    double score = scorer.score(of, step * INTERVAL_MILLIS, 100 + of + wave + random.nextDouble());
    if (++of == series) {
      of = 0;
      step++;
    }
    return score;
  }
}
