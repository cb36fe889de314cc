// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.CommandGroup;
import picocli.CommandLine;

/** {@code ./tocsin evaluate WHAT}: measures how well anomalies are found. */
@CommandLine.Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Measures how well Tocsin finds what is labelled in public corpora.",
    commandListHeading = "%nWhat can be evaluated:%n",
    subcommands = {
      MetricsEvaluation.class,
      AblationEvaluation.class,
      LogsEvaluation.class,
      ShopEvaluation.class
    })
public final class EvaluateCommand extends CommandGroup {}
