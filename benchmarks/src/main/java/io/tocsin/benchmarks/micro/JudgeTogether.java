// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.quality.scorers.Shipped;
import io.tocsin.benchmarks.quality.scorers.ShippedScorer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Judging the series of an entity one by one and then together; an operation is one value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class JudgeTogether {
  private static final int SERIES = 50;
  private static final int WARM_UP = 500;
  private static final long INTERVAL_MILLIS = 60_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private ShippedScorer scorer;
  private long step;

  /** Lets the entity grow old. */
  @Setup
  public void prepare() {
    scorer = new Shipped().start(SERIES);
    for (int i = 0; i < WARM_UP; i++) {
      judge();
    }
  }

  /** Judges all series at the next time. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public double judge() {
    long time = step++ * INTERVAL_MILLIS;
    double common = random.nextDouble();
    for (int of = 0; of < SERIES; of++) {
      double unused = scorer.score(of, time, 100 + of + common + random.nextDouble());
    }
    return scorer.scoreTogether(time);
  }
}
