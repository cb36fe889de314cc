// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongIndexTest {

  /** Keys in which only so many bits vary: the fewer low ones, the more collide. */
  @ParameterizedTest
  @ValueSource(longs = {-1L, 0xFFFL, 0xFFF0_0000_0000_0000L, 0x0000_0FF0_0000_00F0L})
  void itBehavesLikeAHashMapUnderRandomPutsAndRemoves(long varying) {
    Random random = new Random(11);
    LongIndex index = new LongIndex();
    Map<Long, Integer> expected = new HashMap<>();
    for (int step = 0; step < 40_000; step++) {
      long key = (random.nextLong() & varying) | 1L << 62;
      if (varying == -1L && random.nextBoolean() && !expected.isEmpty()) {
        key = expected.keySet().iterator().next();
      }
      if (random.nextInt(100) < (step / 10_000 % 2 == 0 ? 70 : 30)) {
        index.put(key, step);
        expected.put(key, step);
      } else {
        index.remove(key);
        expected.remove(key);
      }
      assertThat(index.get(key)).isEqualTo(expected.getOrDefault(key, LongIndex.NONE));
      if (step % 4000 == 0) {
        assertThat(contents(index)).isEqualTo(expected);
      }
    }
    assertThat(contents(index)).isEqualTo(expected);
    expected.forEach((key, value) -> assertThat(index.get(key)).isEqualTo(value));
  }

  @Test
  void aRunOfKeysThatWrapsAroundTheEndClosesItsGaps() {
    for (int removed = 0; removed < 8; removed++) {
      LongIndex index = new LongIndex();
      for (int i = 0; i < 8; i++) {
        index.put(keyWithHome(12 + i % 4, i), i);
      }
      index.remove(keyWithHome(12 + removed % 4, removed));
      for (int i = 0; i < 8; i++) {
        assertThat(index.get(keyWithHome(12 + i % 4, i)))
            .isEqualTo(i == removed ? LongIndex.NONE : i);
      }
    }
  }

  @Test
  void removingWhatIsNotThereDoesNothing() {
    LongIndex index = new LongIndex();
    index.put(5, 1);
    index.remove(6);
    index.remove(5 + 16);

    assertThat(index.size()).isEqualTo(1);
    assertThat(index.get(5)).isEqualTo(1);
    assertThat(index.get(0)).isEqualTo(LongIndex.NONE);
  }

  @Test
  void aCopyIsIndependent() {
    LongIndex index = new LongIndex();
    index.put(1, 1);
    LongIndex copy = index.copy();
    copy.put(2, 2);
    copy.remove(1);

    assertThat(contents(index)).isEqualTo(Map.of(1L, 1));
    assertThat(contents(copy)).isEqualTo(Map.of(2L, 2));
  }

  private static long keyWithHome(int home, int number) {
    return (long) (number + 1) << 32 | home;
  }

  private static Map<Long, Integer> contents(LongIndex index) {
    Map<Long, Integer> contents = new HashMap<>();
    index.forEach((key, value) -> assertThat(contents.put(key, value)).isNull());
    assertThat(index.size()).isEqualTo(contents.size());
    return contents;
  }
}
