// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.measure.Pairs;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.models.telemetry.Labels;
import java.util.List;

/**
 * The decoder's CPU time per sample beside that of others, on realistic bodies.
 *
 * @param series in a body, with one sample each
 * @param pairs how often both sides are measured
 * @param blockMillis CPU time of a measurement
 */
public record DecoderPairs(int series, int pairs, int blockMillis) {
  private static final long SEED = 1;

  /** Ours, with all its checks, by protobuf-java with labels as one string in a map. */
  public Pairs oursByProtobuf() throws Exception {
    byte[] body = body(Protocol.V1);
    return compare(
        new PairedRun.Side("Tocsin", new SeriesLookup.Ours(Protocol.V1), body),
        new PairedRun.Side("protobuf-java", new SeriesLookup.Protobuf1(), body));
  }

  /** Ours with remote write 2.0 by ours with 1.0. */
  public Pairs secondByFirst() throws Exception {
    return compare(
        new PairedRun.Side("2.0", new SeriesLookup.Ours(Protocol.V2), body(Protocol.V2)),
        new PairedRun.Side("1.0", new SeriesLookup.Ours(Protocol.V1), body(Protocol.V1)));
  }

  private Pairs compare(PairedRun.Side a, PairedRun.Side b) throws Exception {
    return new PairedRun(a, b, series).run(pairs, blockMillis * 1_000_000L);
  }

  private byte[] body(Protocol protocol) {
    List<Labels> labels = RealisticBodies.series(series, SEED);
    return RealisticBodies.body(labels, protocol, SEED);
  }
}
