// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.connectors.remotewrite.DecodedBody;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteDecoder;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.jobs.metrics.ShardSplitter;
import io.tocsin.models.telemetry.Labels;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the hot path allocates is the same on every machine, whatever else runs there. */
final class AllocationTest {
  private static final int SERIES = 2000;
  private static final int WARM_UP = 300;
  private static final int MEASURED = 300;
  private static final long ARRIVAL = 1_700_000_000_000L;

  /** A row of 28 bytes, and the arrays and batches of 128 shards divided by 2000 samples. */
  private static final double SPLIT_BYTES = 36;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
  private final DecodedBody decoded = new DecodedBody();

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void decodingKnownSeriesAllocatesNothing(Protocol protocol) {
    byte[] body = body(protocol);

    double bytes = allocatedPerSample(() -> decode(body, protocol));

    // What the profiling of the test itself may allocate now and then.
    assertThat(bytes).isLessThan(0.01);
  }

  @Test
  void splittingABodyByShardAllocatesItsBatchesOnly() {
    byte[] body = body(Protocol.V1);
    decode(body, Protocol.V1);
    ShardSplitter splitter = new ShardSplitter();

    double bytes = allocatedPerSample(() -> splitter.split(decoded, body, ARRIVAL, batch -> {}));

    assertThat(bytes).isBetween(28.0, SPLIT_BYTES);
  }

  @Test
  void theMeasureSeesWhatIsAllocated() {
    byte[][] kept = new byte[1][];

    double bytes = allocatedPerSample(() -> kept[0] = new byte[SERIES]);

    assertThat(bytes).isBetween(1.0, 1.1);
  }

  private static byte[] body(Protocol protocol) {
    List<Labels> series = RealisticBodies.series(SERIES, 1);
    return RealisticBodies.body(series, protocol, 1);
  }

  private void decode(byte[] body, Protocol protocol) {
    if (decoder.decode(body, 0, body.length, protocol, decoded) != null) {
      throw new AssertionError("a sound body was rejected");
    }
  }

  private static double allocatedPerSample(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED; i++) {
      work.run();
    }
    long after = threads.getCurrentThreadAllocatedBytes();
    return (double) (after - before) / (MEASURED * SERIES);
  }
}
