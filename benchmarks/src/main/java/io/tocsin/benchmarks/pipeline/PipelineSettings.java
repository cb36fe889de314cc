// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

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
  /** All that is in Kafka must be younger than what it keeps. */
  static final int MOST_MINUTES = 150;

  /** Samples of a pass that is long enough for a figure. */
  private static final double PASS_SAMPLES = 10e6;

  PipelineSettings {
    parts = Set.copyOf(parts);
    peers = List.copyOf(peers);
    sizes = sizes.stream().sorted().toList();
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  /** For how many minutes so many series are scraped, when they are measured for growth. */
  int minutesOf(int size) {
    int enough = (int) Math.ceil(PASS_SAMPLES / 4 / size);
    return Math.max(minutes / 4, Math.min(enough, Math.min(4 * minutes, MOST_MINUTES)));
  }
}
