// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.measure.Cost;
import io.tocsin.benchmarks.measure.Pairs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final List<String> order = new ArrayList<>();
  private final Rounds rounds = new Rounds();

  @Test
  void variantsTakeTurnsInAlternatingOrder() throws Exception {
    rounds.add("a", variant("a", 300));
    rounds.add("b", variant("b", 100));
    rounds.add("c", variant("c", 50));

    rounds.run(2);

    assertThat(order).containsExactly("a", "b", "c", "c", "b", "a");
  }

  @Test
  void aRatioIsTheMedianOverTheRounds() throws Exception {
    rounds.add("a", variant("a", 300));
    rounds.add("b", variant("b", 100));

    rounds.run(4);

    Pairs pairs = rounds.pairs("a", "b");
    assertThat(pairs.ratio()).isEqualTo(3);
    assertThat(pairs.spread()).isZero();
    assertThat(pairs.ratio(Cost::samplesPerSecond)).isEqualTo(1);
  }

  private Pairs.Variant variant(String name, long nanosPerSample) {
    return () -> {
      order.add(name);
      return new Cost(1000, 1000 * nanosPerSample, 0, 1_000_000);
    };
  }
}
