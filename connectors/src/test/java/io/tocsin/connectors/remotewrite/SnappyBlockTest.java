// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import static io.tocsin.connectors.remotewrite.Proto.hex;
import static io.tocsin.connectors.remotewrite.Proto.join;
import static io.tocsin.connectors.remotewrite.Proto.varints;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.connectors.remotewrite.Rejection.Reason;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBlockTest {
  private final SnappyBlock snappy = new SnappyBlock(RemoteWriteLimits.DEFAULTS);

  private @Nullable Reason decode(byte[] block) {
    Rejection rejection = snappy.decode(block, 0, block.length);
    return rejection == null ? null : rejection.reason();
  }

  @Test
  void whatIsEncodedIsDecodedFromTheMiddleOfAnArray() {
    byte[] plain = new byte[10_000];
    new Random(1).nextBytes(plain);
    Arrays.fill(plain, 100, 6000, (byte) 7);
    byte[] block = SnappyBlock.encode(plain, 0, plain.length);
    byte[] array = join(new byte[3], block, new byte[5]);
    assertThat(snappy.decode(array, 3, block.length)).isNull();
    assertThat(Arrays.copyOf(snappy.bytes(), snappy.length())).isEqualTo(plain);
  }

  @Test
  void anEmptyContentIsFine() {
    assertThat(decode(SnappyBlock.encode(new byte[0], 0, 0))).isNull();
    assertThat(snappy.length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x7FFFFFFFL, 0xFFFFFFFFL, 1L << 25, 1000, 45, 2})
  void aHeaderThatLiesIsRejectedWithoutTakingMemory(long claimed) {
    byte[] block = join(varints(claimed), hex("0061"));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    decode(block);
    long before = threads.getCurrentThreadAllocatedBytes();
    Reason reason = decode(block);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 16);
    assertThat(reason).isEqualTo(Reason.COMPRESSION);
    assertThat(snappy.length()).isZero();
  }

  @Test
  void aHeaderOfZeroWithContentIsRejected() {
    assertThat(decode(hex("00 0061"))).isEqualTo(Reason.COMPRESSION);
  }

  @Test
  void aHeaderThatIsNoLengthIsRejected() {
    assertThat(decode(new byte[0])).isEqualTo(Reason.COMPRESSION);
    assertThat(decode(hex("ff"))).isEqualTo(Reason.COMPRESSION);
    assertThat(decode(hex("ffffffffff01"))).isEqualTo(Reason.COMPRESSION);
    assertThat(decode(hex("ffffffff7f"))).isEqualTo(Reason.COMPRESSION);
  }

  @Test
  void zerosUpToTheLimitAreDecodedAndOneMoreIsNot() {
    byte[] zeros = new byte[32 << 20];
    byte[] block = SnappyBlock.encode(zeros, 0, zeros.length);
    assertThat(block.length).isLessThan(2 << 20);
    assertThat(decode(block)).isNull();
    assertThat(snappy.length()).isEqualTo(zeros.length);
    byte[] more = new byte[(32 << 20) + 1];
    assertThat(decode(SnappyBlock.encode(more, 0, more.length)))
        .isEqualTo(Reason.DECODED_TOO_LARGE);
  }

  @Test
  void aBodyOverTheLimitIsNotLookedAt() {
    assertThat(decode(new byte[(8 << 20) + 1])).isEqualTo(Reason.BODY_TOO_LARGE);
  }

  @Test
  void aBlockCutOffAnywhereIsRejected() {
    byte[] plain = new byte[3000];
    new Random(2).nextBytes(plain);
    Arrays.fill(plain, 500, 1500, (byte) 1);
    byte[] block = SnappyBlock.encode(plain, 0, plain.length);
    for (int length = 0; length < block.length; length++) {
      assertThat(decode(Arrays.copyOf(block, length))).isEqualTo(Reason.COMPRESSION);
    }
  }

  @Test
  void otherCompressionsAreRejected() {
    assertThat(decode(hex("1f8b08000000000000034b4c4a06001b2e"))).isEqualTo(Reason.COMPRESSION);
    assertThat(decode(hex("28b52ffd0401190000616263"))).isEqualTo(Reason.COMPRESSION);
    assertThat(decode(hex("ff060000734e61507059"))).isEqualTo(Reason.COMPRESSION);
  }

  @Test
  void randomBytesNeverThrow() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      decode(block);
    }
    assertThat(decode(SnappyBlock.encode(new byte[9], 0, 9))).isNull();
  }
}
