// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.benchmarks.CommandGroup;
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
      JobBenchmark.class,
      GatewayFormBenchmark.class,
      LogsBenchmark.class
    })
public final class BenchCommand extends CommandGroup {}
