// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.KafkaLogSender;
import io.tocsin.jobs.shop.PlayerSettings;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.jobs.shop.ShopPlayer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tocsin shop}: the simulated shop alone, for a Tocsin that runs elsewhere. */
@CommandLine.Command(
    name = "shop",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a simulated shop to a Tocsin that runs: two weeks of history to be learned from,"
          + " then live, until it is ended. Its services break now and then."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ShopCommand implements Command {
  @Option(
      names = "--gateway",
      paramLabel = "URL",
      required = true,
      converter = UpCommand.WebAddress.class,
      description = "The gateway that takes its metrics and deploys.")
  private URI gateway;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The broker that takes its log lines, in Fluent Bit's form.")
  private String kafka;

  @Option(
      names = "--remote-write",
      paramLabel = "URL",
      converter = UpCommand.WebAddress.class,
      description = "Remote-write URL of a Prometheus that gets its live metrics, too.")
  private @Nullable URI remoteWrite;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses another shop; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(
      names = "--break-every",
      paramLabel = "DURATION",
      defaultValue = "30m",
      converter = Durations.class,
      description = "How often some service breaks; ${DEFAULT-VALUE} unless given.")
  private Duration breakEvery;

  @Option(
      names = "--break-for",
      paramLabel = "DURATION",
      defaultValue = "3m",
      converter = Durations.class,
      description = "How long it is broken; ${DEFAULT-VALUE} unless given.")
  private Duration breakFor;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    long now = System.currentTimeMillis();
    PlayerSettings settings = PlayerSettings.of(gateway, false, remoteWrite);
    try (Resources resources = new Resources(() -> {})) {
      ShopPlayer player =
          resources.add(
              new ShopPlayer(
                  new Shop(seed, now - PlayerSettings.HISTORY.toMillis()),
                  settings,
                  new KafkaLogSender(kafka)));
      Mishaps mishaps = resources.add(new Mishaps(player, gateway));
      say("Playing two weeks of the shop's history to %s".formatted(gateway));
      player.playHistory(now, time -> {});
      say("The shop is live; a service breaks every %d s".formatted(breakEvery.toSeconds()));
      Thread breaking = new Thread(() -> breakNowAndThen(mishaps), "breaking");
      breaking.setDaemon(true);
      breaking.start();
      resources.add(breaking::interrupt);
      player.playLive();
      return 0;
    } catch (IOException e) {
      throw new LocalRunException(String.valueOf(e.getMessage()), e);
    }
  }

  private void breakNowAndThen(Mishaps mishaps) {
    try {
      for (long turn = seed; ; turn++) {
        TimeUnit.MILLISECONDS.sleep(breakEvery.toMillis());
        FaultChoice choice = turn == seed ? DemoSettings.USUAL : FaultChoice.some(turn);
        Fault fault = mishaps.begin(choice);
        mishaps.endAfter(fault, breakFor);
        say("%s is broken: %s".formatted(fault.service(), fault.kind().description()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
