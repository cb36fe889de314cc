// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.jobs.local.Command;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./tocsin evaluate WHAT}: measures how well anomalies are found. */
@CommandLine.Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Measures how well Tocsin finds what is labelled in public corpora.",
    commandListHeading = "%nWhat can be evaluated:%n",
    subcommands = {MetricsEvaluation.class, AblationEvaluation.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class EvaluateCommand implements Command {
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return WRONG_USAGE;
  }
}
