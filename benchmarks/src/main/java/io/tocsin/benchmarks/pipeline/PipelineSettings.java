// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.jobs.local.LocalRunException;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param parts of the benchmark
 * @param series of the comparisons and of the delay
 * @param minutes for which each of them is scraped, every 15 s
 * @param rounds how often what is compared takes turns
 * @param peers that the metrics job is compared with; only those that are installed
 * @param sizes in series, for growth, ascending
 * @param manySeries for rescaling and recovery
 * @param liveSeconds for which live load is kept up
 */
record PipelineSettings(
    Set<Part> parts,
    int series,
    int minutes,
    int rounds,
    List<Peer> peers,
    List<Integer> sizes,
    int manySeries,
    int liveSeconds) {
  private static final int MOST_MINUTES = 12 * 60;
  private static final int MOST_ROUNDS = 100;
  private static final int MOST_LIVE_SECONDS = 3600;

  /** Of fewer, hardly one would be broken. */
  private static final int LEAST_SERIES = 200;

  /** Samples of a pass that is long enough for a figure, once much of the code is compiled. */
  private static final double PASS_SAMPLES = 25e6;

  PipelineSettings {
    require("--series", series, LEAST_SERIES, Integer.MAX_VALUE);
    require("--many-series", manySeries, LEAST_SERIES, Integer.MAX_VALUE);
    require("--minutes", minutes, 1, MOST_MINUTES);
    require("--rounds", rounds, 1, MOST_ROUNDS);
    require("--live", liveSeconds, 1, MOST_LIVE_SECONDS);
    for (int size : sizes) {
      require("--sizes", size, LEAST_SERIES, Integer.MAX_VALUE);
    }
    parts = Set.copyOf(parts);
    peers = List.copyOf(peers);
    sizes = sizes.stream().sorted().toList();
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new LocalRunException(
          "%s must be between %,d and %,d, not %,d.".formatted(option, least, most, value));
    }
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  /** For how many minutes so many series are scraped, when they are measured for growth. */
  int minutesOf(int size) {
    int enough = (int) Math.ceil(PASS_SAMPLES / 4 / size);
    return Math.max(
        Math.max(1, minutes / 4), Math.min(enough, Math.min(12 * minutes, MOST_MINUTES)));
  }
}
