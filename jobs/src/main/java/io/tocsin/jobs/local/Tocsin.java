// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.config.Suggestion;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: finds the subcommand, runs it and turns what went wrong into one sentence. */
@CommandLine.Command(
    name = "tocsin",
    mixinStandardHelpOptions = true,
    versionProvider = Tocsin.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Streaming anomaly detection and root-cause analysis for Prometheus metrics.",
    commandListHeading = "%nCommands:%n",
    footer = "%nTocsin COMMAND --help tells the options of a command.")
public final class Tocsin {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Tocsin() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(Logs.CONFIGURATION) == null) {
      System.setProperty(Logs.CONFIGURATION, Logs.RESOURCE);
    }
    System.exit(commandLine().execute(args.length == 0 ? new String[] {"help"} : args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tocsin());
    line.addSubcommand("help", new CommandLine.HelpCommand());
    ServiceLoader.load(Command.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Tocsin::name))
        .forEach(line::addSubcommand);
    line.setExecutionExceptionHandler((thrown, command, result) -> tell(thrown, command.getErr()));
    line.setParameterExceptionHandler((wrong, arguments) -> tell(wrong));
    return line;
  }

  private static String name(Command command) {
    return command.getClass().getAnnotation(CommandLine.Command.class).name();
  }

  private static int tell(Exception thrown, PrintWriter err) throws Exception {
    if (thrown instanceof LocalRunException) {
      err.println(thrown.getMessage());
      return FAILED;
    }
    throw thrown;
  }

  private static int tell(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      err.println(unknown(unmatched.getUnmatched().get(0), command));
    } else {
      err.println(sentence(String.valueOf(wrong.getMessage())));
      UnmatchedArgumentException.printSuggestions(wrong, err);
    }
    err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
    return WRONG_USAGE;
  }

  private static String unknown(String word, CommandLine command) {
    Set<String> commands = command.getSubcommands().keySet();
    if (commands.isEmpty()) {
      return "The word " + word + " is one too many.";
    }
    String what = command.getCommandSpec().usageMessage().synopsisSubcommandLabel();
    String meant = Suggestion.forWord(word, commands);
    return "There is no %s %s%s"
        .formatted(what.toLowerCase(Locale.ROOT), word, meant.isEmpty() ? "." : meant);
  }

  private static String sentence(String message) {
    String said = message.replaceAll("is not an? (int|long)$", "is not a whole number");
    return said.endsWith(".") ? said : said + ".";
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Tocsin.class.getPackage().getImplementationVersion();
      return new String[] {"Tocsin " + (version == null ? "(development)" : version)};
    }
  }
}
