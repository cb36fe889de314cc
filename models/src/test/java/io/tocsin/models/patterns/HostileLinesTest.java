// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HostileLinesTest {
  private final Service service = new Service();

  @Test
  void invalidUtf8IsAWordLikeOthers() {
    byte[] line = {'a', ' ', (byte) 0xff, (byte) 0xc3, ' ', 'b', ' ', '7'};

    long id = service.line(line);

    assertThat(service.line(line)).isEqualTo(id);
    assertThat(service.table().patterns().get(0).template()).startsWith("a ").endsWith(" b <*>");
  }

  @Test
  void nulIsABlank() {
    assertThat(service.line("disk\0full")).isEqualTo(service.line("disk full"));
  }

  @Test
  void aLongLineIsCutAndMarked() {
    byte[] line = new byte[1 << 20];
    Arrays.fill(line, (byte) 'x');
    System.arraycopy("disk full ".getBytes(StandardCharsets.UTF_8), 0, line, 0, 10);

    long id = service.line(line);
    boolean cut = service.miner().wasCut();
    line[line.length - 1] = 'y';

    assertThat(cut).isTrue();
    assertThat(service.line(line)).isEqualTo(id);
    assertThat(service.table().bytes()).isLessThan(50_000);
    assertThat(service.line("disk full")).isNotEqualTo(id);
    assertThat(service.miner().wasCut()).isFalse();
  }

  @Test
  void ofALineOfManyWordsTheFirstOnesCount() {
    String many = "word ".repeat(100);

    assertThat(service.line(many + "end")).isEqualTo(service.line(many + "other end, and more"));
    assertThat(service.templates().get(0)).endsWith("word <*>");
  }

  @Test
  void emptyLinesAreAPatternOfTheirOwn() {
    assertThat(service.line("")).isEqualTo(service.line("   ")).isEqualTo(service.line("\t\r"));
    assertThat(service.miner().parameters().count()).isZero();
  }

  @Test
  void linesOfPunctuationOnlyAreNoTrouble() {
    assertThat(
            service.lines(
                "----", "====", "((((", "\"", "\"\"", "()", ".", "...", ":", "<", "=\"", "=\"\\"))
        .hasSize(12);
  }

  @Test
  void anyBytesAreRead() {
    SplittableRandom random = new SplittableRandom(11);
    String alphabet = "ab19 .:,;=()[]{}<>\"'/\\-_@%$#x+|`~T\0\t\u00e9BKM";
    SecretMask mask = new SecretMask();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
      long id = service.line(line);
      Parameters parameters = service.miner().parameters();
      for (int at = 0; at < parameters.count(); at++) {
        assertThat(parameters.from(at)).isBetween(0, parameters.to(at));
        assertThat(parameters.to(at)).isLessThanOrEqualTo(line.length);
      }
      assertThat(service.table().pattern(id)).isNotNull();
      assertThat(mask.masked(text.toString())).isNotNull();
    }
  }

  /** The scanner reads a part of an array: what lies around it must not matter. */
  @Test
  void bytesAroundALineDoNotMatter() {
    SplittableRandom random = new SplittableRandom(12);
    String alphabet = "ab19 .:=()\"<B/\\";
    PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
    for (int i = 0; i < 20_000; i++) {
      byte[] around = new byte[40];
      for (int at = 0; at < around.length; at++) {
        around[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      byte[] alone = Arrays.copyOfRange(around, 10, 30);
      assertThat(miner.learn(new PatternTable(1), around, 10, 30, 0))
          .isEqualTo(miner.learn(new PatternTable(1), alone, 0, 20, 0));
    }
  }
}
