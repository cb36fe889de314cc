// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.speed;

import io.tocsin.jobs.local.Command;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./tocsin bench BENCHMARK}: runs a benchmark. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    description = "Measures how fast Tocsin is on this machine.",
    commandListHeading = "%nBenchmarks:%n",
    subcommands = {DecoderBenchmark.class, JobBenchmark.class, GatewayFormBenchmark.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchCommand implements Command {
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return WRONG_USAGE;
  }
}
