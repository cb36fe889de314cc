// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tocsin demo}: a simulated shop, watched; one of its services breaks. */
@CommandLine.Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Plays a simulated shop, breaks one of its services and shows the incident.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DemoCommand implements Command {
  @Option(
      names = "--once",
      description = "Ends when the incident is resolved: with exit code 0, or 1 after a false one.")
  private boolean once;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses another shop and another fault; the same each time it is the same.")
  private @Nullable Long seed;

  @Option(
      names = "--fault",
      paramLabel = "SERVICE:KIND",
      description = "What breaks; payments:bad-deploy unless this or --seed is given.")
  private @Nullable String fault;

  @Option(
      names = "--fault-after",
      paramLabel = "DURATION",
      defaultValue = "20s",
      converter = Durations.class,
      description = "How long the shop is healthy before; ${DEFAULT-VALUE} unless given.")
  private Duration healthy;

  @Option(
      names = "--remote-write",
      paramLabel = "URL",
      converter = UpCommand.WebAddress.class,
      description =
          "Remote-write URL of a Prometheus for the shop's metrics, scores and expected bands.")
  private @Nullable URI remoteWrite;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      converter = UpCommand.WebAddress.class,
      description = "An Alertmanager to send alerts to; repeat it for every replica.")
  private List<URI> alertmanagers = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DemoSettings settings = settings();
    Session.play(
        null,
        session -> {
          Console console = session.console();
          console.say(
              "Tocsin demo, seed %d. Its log is %s"
                  .formatted(settings.seed(), session.directory().log()));
          LocalRun run = session.start(LocalSettings.demo(alertmanagers, remoteWrite));
          new Demo(run, settings, session.resources(), console).play();
        });
    return 0;
  }

  private DemoSettings settings() {
    long number = seed == null ? 1 : seed;
    FaultChoice usual = seed == null ? DemoSettings.USUAL : FaultChoice.some(number);
    return new DemoSettings(number, fault == null ? usual : given(fault), healthy, once);
  }

  private FaultChoice given(String words) {
    return FaultChoice.given(spec.commandLine(), () -> FaultChoice.of(words));
  }
}
