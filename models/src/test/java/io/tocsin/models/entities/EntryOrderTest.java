// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.rules.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EntryOrderTest {
  private static final int[] COUNTS = {0, 1, 2, 12, 13, 48, 49, 200, 5000};

  private final SplittableRandom random = new SplittableRandom(5);
  private final EntryOrder order = new EntryOrder();

  @Test
  void hashesOfEitherSignArePutInOrder() {
    isOrdered(random::nextLong);
  }

  @Test
  void hashesThatDifferInTheirLowestBitsOnlyArePutInOrder() {
    isOrdered(() -> 0x7FFF_FFFF_FFFF_FF00L | random.nextInt(7));
  }

  @Test
  void hashesOfWhichOneIsFarFromAllOthersArePutInOrder() {
    isOrdered(() -> random.nextInt(100) == 0 ? -1 : 1 + random.nextInt(3));
  }

  @Test
  void entriesOfOneSeriesArePutInOrder() {
    isOrdered(() -> 7);
  }

  /** As a plain sort does, whatever was ordered before. */
  private void isOrdered(LongSupplier hashes) {
    for (int count : COUNTS) {
      byte[] bytes = entries(count, hashes);
      Integer[] expected = new Integer[count];
      int entry = 0;
      for (int at = 0; at < bytes.length; at = Entry.end(bytes, at)) {
        expected[entry++] = at;
      }
      Arrays.sort(expected, (Comparator<Integer>) (a, b) -> Entry.compare(bytes, a, b));

      int[] found = order.of(bytes, bytes.length, count);
      assertThat(IntStream.of(found).limit(count).boxed()).containsExactly(expected);
    }
  }

  private byte[] entries(int count, LongSupplier hashes) {
    ByteBuffer entries = ByteBuffer.allocate(count * (Entry.BYTES + 3));
    entries.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      byte[] labels = new byte[random.nextInt(4)];
      entries.putLong(hashes.getAsLong()).putLong(hashes.getAsLong()).putLong(hashes.getAsLong());
      entries.putFloat(random.nextInt(3)).putFloat(random.nextInt(3));
      entries.put(RoleCode.of(Role.EVIDENCE)).put((byte) random.nextInt(2));
      entries.putShort((short) labels.length).put(labels);
    }
    return Arrays.copyOf(entries.array(), entries.position());
  }
}
