// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tocsin break SERVICE KIND}: lets something go wrong in the demo that is running. */
@CommandLine.Command(
    name = "break",
    mixinStandardHelpOptions = true,
    description = "Breaks a service of the demo that is running.",
    footer = {
      "",
      "Kinds: bad-deploy, slow-database, memory-leak, cpu-hog, network-delay, queue-stall,",
      "       log-errors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BreakCommand implements Command {
  private final ControlFile file;

  @Parameters(paramLabel = "SERVICE", description = "Which service, such as payments.")
  private String service;

  @Parameters(paramLabel = "KIND", description = "What happens to it, such as bad-deploy.")
  private String kind;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = Durations.class,
      description = "How long, such as 90s or 5m; ${DEFAULT-VALUE} unless given.")
  private Duration time;

  @Spec private CommandSpec spec;

  public BreakCommand() {
    this(ControlFile.ofThisCheckout());
  }

  BreakCommand(ControlFile file) {
    this.file = file;
  }

  @Override
  public Integer call() {
    FaultChoice choice = FaultChoice.given(spec.commandLine(), () -> FaultChoice.of(service, kind));
    ControlFile.Demo demo = file.read().orElseThrow(BreakCommand::noDemo);
    HttpRequest request =
        HttpRequest.newBuilder(demo.uri().resolve(ControlServer.PATH))
            .timeout(Duration.ofSeconds(30))
            .header(ControlServer.TOKEN, demo.token())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    choice.service() + "\n" + choice.kind().word() + "\n" + time.toSeconds()))
            .build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200) {
      throw new LocalRunException(response.body());
    }
    spec.commandLine().getOut().println(response.body());
    return 0;
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw noDemo();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRunException("Interrupted.", e);
    }
  }

  private static LocalRunException noDemo() {
    return new LocalRunException("No demo is running here; start one with ./tocsin demo.");
  }
}
