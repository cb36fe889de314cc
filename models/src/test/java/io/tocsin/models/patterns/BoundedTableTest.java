// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundedTableTest {
  private static PatternSettings atMost(int patterns) {
    return new PatternSettings(patterns, 8_192, 512, 64, 1_000, 20);
  }

  @Test
  void theLeastRecentlyUsedPatternMakesRoom() {
    Service service = new Service(atMost(2));
    long first = service.line("one: a");
    long second = service.line("two; b");
    long unused = service.line("one: a");
    List<String> founded = service.events();

    long third = service.line("three, c");

    assertThat(founded).hasSize(2);
    assertThat(service.events()).containsExactly("evicted " + second, "founded " + third);
    assertThat(service.table().pattern(second)).isNull();
    assertThat(service.table().pattern(first)).isNotNull();
  }

  @Test
  void anEvictedPatternComesBackUnderItsId() {
    Service service = new Service(atMost(1));
    long id = service.line("one: a");
    long unused = service.line("two; b");

    assertThat(service.line("one: a")).isEqualTo(id);
  }

  @Test
  void aliasesGoWithTheirPattern() {
    Service service = new Service(atMost(4));
    List<Long> ids = service.lines("a x b", "a y b", "a z b", "a w b");
    assertThat(service.table().patterns()).hasSize(1);

    for (int i = 0; i < 4; i++) {
      long unused = service.line("other" + ":;,=".charAt(i) + " line");
    }

    assertThat(ids).allSatisfy(id -> assertThat(service.table().pattern(id)).isNull());
    assertThat(service.table().resolve(ids.get(1))).isEqualTo(ids.get(1));
  }

  @Test
  void aMillionDistinctLinesNeitherGrowNorStall() {
    Service service = new Service();
    SplittableRandom random = new SplittableRandom(1);
    int most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      long unused = service.line(distinct(random, i));
      most = Math.max(most, service.table().size());
    }

    assertThat(most).isLessThanOrEqualTo(PatternSettings.DEFAULTS.maxPatterns());
    assertThat(service.table().bytes()).isLessThan(3_000_000);
    assertThat(service.state().length).isLessThan(3_000_000);
    assertThat(service.events()).hasSize(PatternTable.MAX_EVENTS);
  }

  private static byte[] distinct(SplittableRandom random, int i) {
    int words = random.nextInt(1, 9);
    byte[] line = new byte[words * 7 + 8];
    int at = 0;
    for (int word = 0; word < words; word++) {
      for (int letter = 0; letter < 5; letter++) {
        line[at++] = (byte) ('a' + random.nextInt(26));
      }
      line[at++] = (byte) " :,=-([".charAt(random.nextInt(7));
      line[at++] = ' ';
    }
    for (int digit = i; at < line.length; digit /= 10) {
      line[at++] = (byte) ('0' + digit % 10);
    }
    return line;
  }

  @Test
  void whenPatternsComeTooFastTheRestCountsAsLeftOver() {
    Service service = new Service(new PatternSettings(100, 8_192, 512, 64, 3, 20));
    List<Long> ids = new ArrayList<>();
    for (String line : List.of("a: b", "c; d", "e, f", "g= h", "i( j", "k[ l")) {
      ids.add(service.line(line));
    }

    assertThat(ids.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(ids.get(4)).isEqualTo(ids.get(3)).isEqualTo(ids.get(5));
    assertThat(service.templates()).contains("<*>");

    for (int i = 0; i < 20; i++) {
      long unused = service.line("a: b");
    }
    assertThat(service.line("m{ n")).isNotEqualTo(ids.get(3));
  }

  @Test
  void tooManyPatternsOfOneShapeBecomeOne() {
    Service service = new Service(new PatternSettings(2_000, 8_192, 512, 5, 1_000, 20));
    for (String word : List.of("RED", "BLUE", "GREEN", "WHITE", "BLACK", "BROWN", "PINK")) {
      long unused = service.line("now " + word);
    }

    assertThat(service.templates()).containsExactly("now <*>");
  }

  @Test
  void allAliasesGoWithTheirPattern() {
    PatternTable table = new PatternTable(7);
    long empty = table.bytes();
    MinedPattern first = pattern(1);
    MinedPattern second = pattern(2);
    MinedPattern third = pattern(3);
    for (MinedPattern each : List.of(first, second, third)) {
      table.found(each, 10);
    }

    table.merge(first, second, 0);
    table.merge(second, third, 0);
    assertThat(table.resolve(1)).isEqualTo(3);
    table.evict(third, 0);

    assertThat(table.bytes()).isEqualTo(empty);
  }

  private static MinedPattern pattern(long id) {
    return new MinedPattern(id, id, 0, new Template(0, new byte[0]));
  }
}
