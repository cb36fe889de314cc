// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

/** Runs a part of the benchmark, or two that are best measured together. */
interface PartRun {
  /** What is void when it fails; the first of two. */
  Part part();

  /** What it takes of the machine. */
  Needs needs();

  /** About how long it takes on a quiet machine with two cores. */
  double seconds();

  /** Measures, and puts figures and flaws into the results. */
  void run(PipelineRun run) throws Exception;
}
