// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.models.telemetry.Labels;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderAllocationTest {
  @ParameterizedTest
  @EnumSource
  void nothingIsAllocatedOnceTheTablesHaveGrown(Protocol protocol) {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(protocol);
    for (int i = 0; i < 2000; i++) {
      Labels labels = Labels.of("__name__", "up", "instance", "host-" + i, "job", "node");
      encoder.sample(RemoteWriteEncoder.encodeLabels(labels), 1_700_000_000_000L + i, i);
    }
    byte[] block = encoder.finish();
    SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(RemoteWriteLimits.DEFAULTS);
    DecodedBody body = new DecodedBody();
    for (int i = 0; i < 20; i++) {
      snappy.decode(block, 0, block.length);
      decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, body);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      decoder.decode(snappy.bytes(), 0, snappy.length(), protocol, body);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(body.sampleCount()).isEqualTo(2000);
    // Far less than a byte per sample: what the virtual machine itself needs now and then.
    assertThat(allocated).isLessThan(20 * 2000 / 10);
  }
}
