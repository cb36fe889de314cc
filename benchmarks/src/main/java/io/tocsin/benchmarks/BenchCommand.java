// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks;

import io.tocsin.benchmarks.micro.JmhCommand;
import io.tocsin.benchmarks.pipeline.PipelineBenchmark;
import io.tocsin.benchmarks.speed.DecoderBenchmark;
import io.tocsin.benchmarks.speed.GatewayFormBenchmark;
import io.tocsin.benchmarks.speed.LogsBenchmark;
import io.tocsin.benchmarks.speed.PageBenchmark;
import picocli.CommandLine;

/** {@code ./tocsin bench BENCHMARK}: runs a benchmark. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    description = "Measures how fast Tocsin is on this machine.",
    commandListHeading = "%nBenchmarks:%n",
    subcommands = {
      DecoderBenchmark.class,
      PipelineBenchmark.class,
      LogsBenchmark.class,
      GatewayFormBenchmark.class,
      PageBenchmark.class,
      JmhCommand.class
    })
public final class BenchCommand extends CommandGroup {}
