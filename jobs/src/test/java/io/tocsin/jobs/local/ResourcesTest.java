// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable named(String name) {
    return () -> closed.add(name);
  }

  @Test
  void theLatestIsClosedFirstAndEachOnce() {
    Resources resources = new Resources(() -> {});
    resources.add(named("broker"));
    resources.add(named("jobs"));

    resources.close();
    resources.close();

    assertThat(closed).containsExactly("jobs", "broker");
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersOpen() {
    Resources resources = new Resources(() -> {});
    resources.add(named("broker"));
    resources.add(
        () -> {
          throw new IllegalStateException("cannot be closed");
        });

    resources.close();

    assertThat(closed).containsExactly("broker");
  }

  @Test
  void whatComesTooLateIsClosedAtOnce() {
    Resources resources = new Resources(() -> {});
    resources.close();

    resources.add(named("late"));

    assertThat(closed).containsExactly("late");
  }
}
