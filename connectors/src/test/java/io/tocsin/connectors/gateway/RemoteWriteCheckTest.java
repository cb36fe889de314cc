// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteCheckTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final RemoteWriteCheck check = new RemoteWriteCheck(RemoteWriteLimits.DEFAULTS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffffffff0700", // claims 2^31 - 1
        "ffffffff0f00", // claims 2^32 - 1
        "ffffffffffffffffffff0100", // a number of eleven bytes
        "8080801000", // claims 32 MiB
        "00ff", // claims nothing, and something follows
        "ff"
      })
  void aHeaderThatLiesIsRefusedWithoutMemoryForIt(String body) {
    byte[] bytes = HexFormat.of().parseHex(body);
    check.check(bytes, Protocol.V1);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(check.check(bytes, Protocol.V1)).isNotNull();
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aBodyCutAtAnyByteIsRefusedAndTheWholeOneTaken(Protocol protocol) {
    byte[] whole = Bodies.samples(protocol, 40);
    for (int length = 0; length < whole.length; length++) {
      assertThat(check.check(Arrays.copyOf(whole, length), protocol)).as("%d", length).isNotNull();
    }
    assertThat(check.check(whole, protocol)).isNull();
    assertThat(check.contents().samples()).isEqualTo(40);
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(5);
    for (Protocol protocol : Protocol.values()) {
      byte[] whole = Bodies.samples(protocol, 20);
      for (int round = 0; round < 20_000; round++) {
        byte[] changed = whole.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        check.check(changed, protocol);
      }
      assertThat(check.check(whole, protocol)).isNull();
    }
  }
}
