// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks;

import io.tocsin.jobs.local.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing but name its subcommands. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
public abstract class CommandGroup implements Command {
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return WRONG_USAGE;
  }
}
