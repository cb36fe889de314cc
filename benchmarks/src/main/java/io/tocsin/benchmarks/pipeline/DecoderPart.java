// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.benchmarks.speed.DecoderPairs;

/** P3: the decoder beside protobuf-java with strings and a map; 2.0 beside 1.0. */
final class DecoderPart implements PartRun {
  private static final int SERIES = 10_000;
  private static final int PAIRS = 8;
  private static final int BLOCK_MILLIS = 300;
  private static final double SECONDS = 35;

  @Override
  public Part part() {
    return Part.P3;
  }

  @Override
  public Needs needs() {
    return new Needs(0, 0);
  }

  @Override
  public double seconds() {
    return SECONDS;
  }

  @Override
  public void run(PipelineRun run) throws Exception {
    run.tell("Decoder beside protobuf-java");
    DecoderPairs decoder = new DecoderPairs(SERIES, PAIRS, BLOCK_MILLIS);
    Pairs protobuf = decoder.oursByProtobuf();
    Pairs protocols = decoder.secondByFirst();
    Results results = run.results();
    results.put(Part.P3, "p3.ratio", protobuf.ratio());
    results.put(Part.P3, "p3.spread", protobuf.spread());
    results.put(Part.P3, "p3.ns_per_sample", protobuf.a().cpuNanosPerSample());
    results.put(Part.P3, "p3.protobuf_ns_per_sample", protobuf.b().cpuNanosPerSample());
    results.put(Part.P3, "p3.allocated_bytes_per_sample", protobuf.a().allocatedBytesPerSample());
    results.put(Part.P3, "p3.v2_ratio", protocols.ratio());
  }
}
