// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static List<Samples.Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordCutAtAnyByteIsUnreadable(Samples.Sample<?> sample) {
    byte[] whole = ReleaseFiles.encode(sample);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> sample.codec().decode(cut))
          .isInstanceOf(UnreadableRecordException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void changedBytesAreReadOrRefusedAndNothingElse(Samples.Sample<?> sample) throws Exception {
    Random random = new Random(7);
    byte[] whole = ReleaseFiles.encode(sample);
    for (int round = 0; round < 4_000; round++) {
      byte[] changed = whole.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      assertReadOrRefused(sample, changed);
    }
    assertThat(sample.codec().decode(whole)).isEqualTo(sample.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feffffff0f", // 2^31 - 1
        "80808080f01f", // far over 2^32
        "80c2d72f", // 50 million
        "8080c00f", // 16 million
        "ffffffffffffffffff01", // the most negative
        "ffffffffffffffffffff01" // eleven bytes
      })
  void aLengthThatTheBytesCannotHoldIsRefusedWithoutAllocatingIt(String length) {
    byte[] lie = HexFormat.of().parseHex(length);
    assertRefusedCheaply(Codecs.FINDINGS, progressWithWatched(lie));
    assertRefusedCheaply(Codecs.ALERTS, withFirstField(Codecs.ALERTS.encode(Samples.ALERT), lie));
    assertRefusedCheaply(Codecs.ALERTS, alertWithLabels(lie));
    assertRefusedCheaply(Codecs.DEAD_LETTERS, deadLetterWithValue(lie));
  }

  /** The header, source "metrics", a time, then the array's block count. */
  private static byte[] progressWithWatched(byte[] count) {
    byte[] whole = Codecs.FINDINGS.encode(FindingsRecord.of(new Progress("metrics", 0, List.of())));
    return join(Arrays.copyOf(whole, whole.length - 1), count, new byte[20]);
  }

  private static byte[] withFirstField(byte[] whole, byte[] length) {
    return join(Arrays.copyOf(whole, 10), length, new byte[20]);
  }

  private static byte[] alertWithLabels(byte[] count) {
    byte[] whole = Codecs.ALERTS.encode(Samples.ALERT);
    int afterId = 10 + 1 + Samples.ALERT.id().length();
    return join(Arrays.copyOf(whole, afterId), count, new byte[20]);
  }

  private static byte[] deadLetterWithValue(byte[] length) {
    byte[] whole = Codecs.DEAD_LETTERS.encode(Samples.DEAD_LETTER);
    return join(Arrays.copyOf(whole, whole.length - 4), length, new byte[3]);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  private static void assertRefusedCheaply(RecordCodec<?> codec, byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(UnreadableRecordException.class);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  private static void assertReadOrRefused(Samples.Sample<?> sample, byte[] bytes) {
    try {
      sample.codec().decode(bytes);
    } catch (UnreadableRecordException e) {
      assertThat(e.reason()).isNotEmpty();
    } catch (RuntimeException | Error e) {
      fail("bytes " + HexFormat.of().formatHex(bytes) + " threw", e);
    }
  }
}
