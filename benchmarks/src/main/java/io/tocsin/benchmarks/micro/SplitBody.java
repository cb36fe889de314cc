// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.speed.RealisticBodies;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.jobs.metrics.ShardSplitter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Splitting of a decoded body, whose series are known, by shard; an operation is one sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class SplitBody {
  private static final int SAMPLES = 2000;
  private static final long ARRIVAL = 1_700_000_000_000L;

  private final DecodedBody decoded = new DecodedBody();
  private final ShardSplitter splitter = new ShardSplitter();
  private byte[] body;

  /** Makes the body and announces its series. */
  @Setup
  public void prepare() {
    body = RealisticBodies.body(RealisticBodies.series(SAMPLES, 1), Protocol.V1, 1);
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    if (decoder.decode(body, 0, body.length, Protocol.V1, decoded) != null) {
      throw new IllegalStateException("a sound body was rejected");
    }
    splitter.split(decoded, body, ARRIVAL, batch -> {});
  }

  /** Splits it. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public void split(Blackhole hole) {
    splitter.split(decoded, body, ARRIVAL, hole::consume);
  }
}
