// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.logs.Read.Line;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every decoder does, shown with the record of every shipper. */
final class LogDecoderContractTest {
  private static final long SEED = 20_251_120;
  private static final int MUTATIONS = 4_000;

  @ParameterizedTest
  @EnumSource(Golden.class)
  void theGoldenRecordIsReadWhole(Golden golden) {
    Read read = Read.of(golden.settings(), golden.record());

    Line line = read.line();
    assertThat(line.text()).endsWith(Golden.MESSAGE).doesNotStartWith(" ");
    assertThat(line.severity()).isEqualTo(Severity.ERROR);
    assertThat(line.cut()).isFalse();
    long precision = golden == Golden.RSYSLOG_TRADITIONAL ? 1_000 : 1;
    assertThat(line.time()).isEqualTo(Golden.TIME / precision * precision);
    assertThat(read.flaws).isEmpty();
    assertThat(read.rejected).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void theGoldenRecordNamesItsSource(Golden golden) {
    Line line = Read.of(golden.settings(), golden.record()).line();

    if (golden == Golden.TEXT) {
      assertThat(line.source()).isEqualTo(LogSource.NONE);
    } else if (golden.namesPod()) {
      assertThat(line.source())
          .isEqualTo(LogSource.of("shop", "payments", "payments-5d4f8c7b9-x2x4z", "node-1"));
      assertThat(line.trace()).isEqualTo("5b8efff798038103d269b633813fc60c");
    } else {
      assertThat(line.source()).isEqualTo(LogSource.of("", "payments", "", "node-1"));
      assertThat(line.trace()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void aRecordMayLieAnywhereInItsArrayAndIsNotChanged(Golden golden) {
    byte[] record = golden.record();
    byte[] array = new byte[record.length + 200];
    Arrays.fill(array, (byte) '"');
    System.arraycopy(record, 0, array, 100, record.length);
    byte[] before = array.clone();
    Read read = new Read();

    LogDecoder.of(golden.settings()).decode(array, 100, 100 + record.length, Read.KAFKA_TIME, read);

    assertThat(read.lines).isEqualTo(Read.of(golden.settings(), record).lines);
    assertThat(array).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void aLineOfAMegabyteIsCutAtTheLimitAndMarked(Golden golden) {
    Read read = Read.of(golden.settings(), golden.record("é".repeat(1 << 19)));

    Line line = read.line();
    int length = line.text().getBytes(StandardCharsets.UTF_8).length;
    assertThat(length).isBetween((8 << 10) - 1, 8 << 10);
    assertThat(line.text()).endsWith("é");
    assertThat(line.cut()).isTrue();
    assertThat(read.flaws).containsExactly(LogRejection.TOO_LONG);
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void aClockFarOffIsCountedAndKafkasTimeIsUsed(Golden golden) {
    Read read = new Read();
    byte[] record = golden.record();
    // The traditional time has no year: it is always near.
    long muchLater = Golden.TIME + 40L * 24 * 3_600_000;

    LogDecoder.of(golden.settings()).decode(record, 0, record.length, muchLater, read);

    assertThat(read.line().time()).isEqualTo(muchLater);
    assertThat(read.flaws).containsExactly(LogRejection.CLOCK);
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void anEmptyRecordIsCountedAsSuch(Golden golden) {
    Read read = Read.of(golden.settings(), new byte[0]);

    assertThat(read.lines).isEmpty();
    assertThat(read.rejected).isEmpty();
    assertThat(read.flaws).containsExactly(LogRejection.EMPTY);
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void ofARecordThatIsCutOffSomethingIsSaidWhereverItIs(Golden golden) {
    byte[] record = golden.record();
    for (int length = 0; length < record.length; length++) {
      byte[] beginning = Arrays.copyOf(record, length);
      Read read = Read.of(golden.settings(), beginning);

      assertThat(read.lines.size() + read.flaws.size() + read.rejected.size())
          .as("%s cut off at %d", golden, length)
          .isPositive();
      assertThat(read.reasons()).allMatch(LogRejection::isLost);
      assertThat(read.flaws).noneMatch(LogRejection::isLost);
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void whateverIsInARecordNothingIsThrownAndLinesAreWhole(Golden golden) {
    Random random = new Random(SEED);
    byte[] record = golden.record();
    LogDecoder decoder = LogDecoder.of(golden.settings());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(record, random);
      Read read = new Read();
      decoder.decode(mutated, 0, mutated.length, Read.KAFKA_TIME, read);

      assertThat(read.lines.size() + read.flaws.size() + read.rejected.size()).isPositive();
      read.lines.forEach(LogDecoderContractTest::assertWhole);
    }
  }

  private static void assertWhole(Line line) {
    assertThat(line.text()).isNotEmpty().doesNotContain("\0");
    assertThat(line.text().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(8 << 10);
    assertThat(line.time()).isBetween(Read.KAFKA_TIME - 86_400_000, Read.KAFKA_TIME + 300_000);
    assertThat(isUtf8(line.text())).isTrue();
  }

  /** Text made of bytes that were no UTF-8 has replacement characters, but never surrogates. */
  private static boolean isUtf8(String text) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] mutated(byte[] record, Random random) {
    byte[] mutated = record.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = (byte) "{}[]\",:\\\n\0 <>-09+.eE".charAt(random.nextInt(20));
        case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
        default -> {
          int length = Math.min(mutated.length - at, 1 + random.nextInt(40));
          System.arraycopy(
              mutated, random.nextInt(mutated.length - length + 1), mutated, at, length);
        }
      }
    }
    return mutated;
  }
}
