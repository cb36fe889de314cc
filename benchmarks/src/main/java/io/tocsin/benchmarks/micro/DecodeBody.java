// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.speed.RealisticBodies;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding of a body, without decompression; each operation is one sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class DecodeBody {
  private static final int SAMPLES = 2000;

  /** Of the body. */
  @Param public Protocol protocol;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody decoded = new DecodedBody();
  private byte[] body;

  /** Makes the body. */
  @Setup
  public void prepare() {
    body = RealisticBodies.body(RealisticBodies.series(SAMPLES, 1), protocol, 1);
  }

  /** Decodes it. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int decode() {
    if (decoder.decode(body, 0, body.length, protocol, decoded) != null) {
      throw new IllegalStateException("a sound body was rejected");
    }
    return decoded.sampleCount();
  }
}
