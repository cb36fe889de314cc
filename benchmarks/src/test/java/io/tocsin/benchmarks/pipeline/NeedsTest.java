// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.jobs.local.LocalRunException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeedsTest {
  @TempDir private Path directory;

  private final Needs needs = Needs.of(1_000_000, 50_000_000, false);

  @Test
  void tooLittleMemoryIsSaid() {
    assertThatThrownBy(() -> needs.require(new Needs(2_000, 1_000_000), directory))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("Only 2,000 MB of memory")
        .hasMessageContaining("--series");
  }

  @Test
  void tooLittleDiskIsSaid() {
    assertThatThrownBy(() -> needs.require(new Needs(64_000, 700), directory))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("Only 700 MB are free at " + directory);
  }

  @Test
  void enoughIsEnough() {
    assertThatCode(() -> needs.require(needs, directory)).doesNotThrowAnyException();
  }

  @Test
  void moreSeriesNeedMoreOfBoth() {
    Needs fewer = Needs.of(100_000, 5_000_000, false);

    assertThat(fewer.memoryMegabytes()).isLessThan(needs.memoryMegabytes());
    assertThat(fewer.diskMegabytes()).isLessThan(needs.diskMegabytes());
    assertThat(fewer.or(needs)).isEqualTo(needs);
  }

  @Test
  void peersNeedTheirShare() {
    Needs alone = Needs.of(100_000, 1_000_000, false);
    Needs beside = Needs.of(100_000, 1_000_000, true);

    assertThat(beside.memoryMegabytes()).isGreaterThan(alone.memoryMegabytes());
  }

  @Test
  void thisMachineHasSomething() throws Exception {
    Needs free = Needs.free(directory);

    assertThat(free.memoryMegabytes()).isPositive();
    assertThat(free.diskMegabytes()).isPositive();
  }
}
