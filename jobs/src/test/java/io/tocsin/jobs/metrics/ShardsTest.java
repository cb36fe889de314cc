// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

final class ShardsTest {
  @Test
  void eachShardIsTheKeyGroupOfItsNumber() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(KeyGroupRangeAssignment.assignToKeyGroup(Shards.key(shard), Shards.COUNT))
          .isEqualTo(shard);
    }
  }

  @Test
  void theShardIsTheUpperSevenBitsOfTheGroup() {
    assertThat(Shards.of(0)).isZero();
    assertThat(Shards.of(-1)).isEqualTo(Shards.COUNT - 1);
    assertThat(Shards.of(5L << 57)).isEqualTo(5);
  }

  /** State lies in key groups by these keys: the values must never change. */
  @Test
  void theKeysStayAsTheyAre() {
    int digest = 0;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      digest = 31 * digest + Shards.key(shard);
    }
    assertThat(digest).isEqualTo(-1152121435);
  }
}
