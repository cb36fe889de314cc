// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LogTableTest {
  @Test
  void theStateLiesInTheBytesOfTheGoldenFile() throws IOException {
    assertThat(HexFormat.of().formatHex(bytes(small()))).isEqualTo(golden(LogTable.VERSION));
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    byte[] golden = HexFormat.of().parseHex(golden(LogTable.VERSION));
    assertThat(bytes(read(golden))).isEqualTo(golden);
  }

  @Test
  void whatAnEarlierVersionWroteIsRead() throws IOException {
    LogTable table = read(HexFormat.of().parseHex(golden(2)));

    assertThat(table.patterns()).isEqualTo(2);
    assertThat(table.services.firstEntry().getValue().silenceRow).isEqualTo(PatternLogs.NO_ROW);
    Talk talk = new Talk();
    talk.table = table;
    talk.restore();
    assertThat(bytes(talk.table)).hasSameSizeAs(bytes(small())).startsWith(LogTable.VERSION);
  }

  @Test
  void aCopySharesNothingThatChanges() throws IOException {
    Talk talk = talk();
    LogTable copy = talk.table.copy();
    byte[] before = bytes(copy);
    talk.minutes(2, second -> talk.error("disk " + second + " is lost"));
    assertThat(bytes(copy)).isEqualTo(before);
  }

  @Test
  void aTableOfALaterVersionIsRefused() throws IOException {
    byte[] bytes = bytes(small());
    bytes[0] = LogTable.VERSION + 1;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + (LogTable.VERSION + 1));
  }

  private static LogTable small() {
    return talk().table;
  }

  private static Talk talk() {
    Talk talk = new Talk();
    talk.minutes(
        1,
        second -> {
          talk.info("served item " + second % 5);
          if (second > 50) {
            talk.error("cannot reach store");
          }
        });
    return talk;
  }

  private static byte[] bytes(LogTable table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static LogTable read(byte[] bytes) throws IOException {
    return LogTable.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static String golden(int version) throws IOException {
    try (InputStream in = LogTableTest.class.getResourceAsStream("log-table-" + version + ".hex")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
