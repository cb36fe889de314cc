// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowChainsTest {
  private static final int ROWS = 300;

  @Test
  void chainsBehaveLikeListsUnderRandomUseAndSurviveWritingAndCopying() throws IOException {
    Random random = new Random(5);
    RowChains chains = new RowChains();
    Map<Long, List<Integer>> expected = new HashMap<>();
    long[] keys = new long[ROWS];
    for (int step = 0; step < 20_000; step++) {
      int row = random.nextInt(ROWS);
      assertThat(chains.contains(row)).isEqualTo(keys[row] != 0);
      if (keys[row] == 0) {
        keys[row] = 1L + random.nextInt(20);
        chains.add(keys[row], row);
        expected.computeIfAbsent(keys[row], any -> new ArrayList<>()).add(0, row);
      } else {
        chains.remove(keys[row], row);
        expected.get(keys[row]).remove((Integer) row);
        keys[row] = 0;
      }
      if (step % 1000 == 0) {
        chains = step % 2000 == 0 ? read(written(chains)) : chains.copy();
      }
    }
    for (Map.Entry<Long, List<Integer>> chain : expected.entrySet()) {
      assertThat(walk(chains, chain.getKey())).isEqualTo(chain.getValue());
    }
    assertThat(written(read(written(chains)))).isEqualTo(written(chains));
  }

  @Test
  void aCopySharesNothing() {
    RowChains chains = new RowChains();
    chains.add(7, 1);
    chains.add(7, 2);
    RowChains copy = chains.copy();
    copy.remove(7, 1);
    copy.add(8, 1);

    assertThat(walk(chains, 7)).containsExactly(2, 1);
    assertThat(walk(copy, 7)).containsExactly(2);
  }

  private static List<Integer> walk(RowChains chains, long key) {
    List<Integer> rows = new ArrayList<>();
    for (int row = chains.first(key); row != LongIndex.NONE; row = chains.next(row)) {
      rows.add(row);
    }
    return rows;
  }

  private static byte[] written(RowChains chains) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chains.writeTo(new DataOutputStream(out), ROWS);
    return out.toByteArray();
  }

  private static RowChains read(byte[] bytes) throws IOException {
    return RowChains.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
