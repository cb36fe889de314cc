// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.jobs.local.Console.Wait;
import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.KafkaLogSender;
import io.tocsin.jobs.shop.PlayerSettings;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.jobs.shop.ShopPlayer;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The demo's story: history, health, a fault, its incident, and the end of both. */
final class Demo {
  /**
   * What is live begins so long ago, and is played faster until it has caught up with the clock.
   */
  private static final Duration LAG = Duration.ofMinutes(20);

  private static final Duration HISTORY_LIMIT = Duration.ofMinutes(5);
  private static final Duration INCIDENT_LIMIT = Duration.ofMinutes(2);
  private static final Duration RESOLUTION_LIMIT = Duration.ofMinutes(5);

  /** How long a fault lasts once it has been seen. */
  private static final Duration FAULT_GOES_ON = Duration.ofSeconds(30);

  /** Among so many suspects the broken service must be, wherever the incident is felt. */
  private static final int FIRST_SUSPECTS = 3;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final LocalRun run;
  private final DemoSettings settings;
  private final Resources resources;
  private final Console console;
  private final DemoWatch watch;
  private final long jobsUp = System.nanoTime();
  private final long live = System.currentTimeMillis() - LAG.toMillis();
  private final long begin = live - PlayerSettings.HISTORY.toMillis();
  private final PlayerSettings pace;
  private final ShopPlayer player;
  private final Mishaps mishaps;
  private volatile @Nullable String failure;

  Demo(LocalRun run, DemoSettings settings, Resources resources, Console console) {
    this.run = run;
    this.settings = settings;
    this.resources = resources;
    this.console = console;
    watch = new DemoWatch(run, resources, console);
    pace = PlayerSettings.of(run.gateway(), true, run.mirror());
    player =
        resources.add(
            new ShopPlayer(
                new Shop(settings.seed(), begin),
                pace,
                new KafkaLogSender(run.bootstrapServers())));
    mishaps = resources.add(new Mishaps(player, run.gateway()));
  }

  /**
   * Plays it; returns when it is over, which without {@code --once} is never.
   *
   * @throws LocalRunException when something that should happen does not, or, with {@code --once},
   *     there was a false incident
   */
  void play() throws InterruptedException {
    console.say(run.addresses());
    startShop();
    learnHistory();
    takeOrders();
    stayHealthy();
    Fault fault = breakSomething();
    Incident incident = awaitIncident(fault);
    awaitResolution(fault, incident);
    if (settings.once()) {
      requireNoFalseIncident(fault);
    } else {
      console.say("The demo goes on. Break something else in another terminal:");
      console.say("  ./tocsin break SERVICE KIND      (./tocsin break --help lists the kinds)");
      console.say("Services: " + String.join(", ", FaultChoice.services()) + ". Ctrl-C ends it.");
      run.vitals().watch();
    }
  }

  private void requireNoFalseIncident(Fault fault) {
    long old = watch.opened(begin, live);
    long healthy = watch.opened(live, fault.from());
    if (old + healthy > 0) {
      throw new LocalRunException(
          "There were false incidents: %d in the history, %d while the shop was healthy."
              .formatted(old, healthy));
    }
  }

  private void startShop() {
    Thread shop = new Thread(this::playShop, "shop");
    shop.setDaemon(true);
    shop.start();
    resources.add(shop::interrupt);
  }

  private void playShop() {
    try {
      player.playHistory(live, time -> {});
      player.playLive();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void learnHistory() throws InterruptedException {
    Wait wait = console.begin("Playing two weeks of the shop's history");
    await(
        HISTORY_LIMIT,
        "The jobs did not score the shop's history within %d s.",
        () -> {
          double part = (watch.scored() - begin) / (double) (live - begin);
          wait.progress(part, "scored");
          return watch.scored() >= live - pace.liveStep().toMillis();
        });
    wait.done("Two weeks of history are scored");
  }

  private void takeOrders() {
    try {
      resources.add(new ControlServer(ControlFile.ofThisCheckout(), this::breakOnOrder));
    } catch (IOException e) {
      throw new LocalRunException(
          "The demo cannot take orders to break something: %s.".formatted(Causes.first(e)), e);
    }
  }

  private String breakOnOrder(FaultChoice choice, Duration time) {
    Fault fault = mishaps.begin(choice);
    mishaps.endAfter(fault, time);
    console.say(told(fault) + " for " + time.toSeconds() + " s");
    return told(fault)
        + " for "
        + time.toSeconds()
        + " s; the demo's terminal shows what is found.";
  }

  private void stayHealthy() throws InterruptedException {
    watch.show();
    Wait wait =
        console.begin(
            "Live at %.0f times the speed, and the shop is healthy".formatted(pace.speed()));
    long end = System.nanoTime() + settings.healthy().toNanos();
    await(settings.healthy().plusMinutes(1), "", () -> System.nanoTime() >= end);
    long old = watch.opened(begin, live);
    if (old > 0) {
      console.say("False incidents in the two weeks of history: " + old);
    }
    wait.done("False incidents while the shop was healthy: " + watch.opened(live, player.time()));
  }

  private Fault breakSomething() {
    Fault fault = mishaps.begin(settings.fault());
    console.say("! " + told(fault) + ": " + fault.kind().description());
    return fault;
  }

  private static String told(Fault fault) {
    return "%s is broken since %s by %s"
        .formatted(
            fault.service(), CLOCK.format(Instant.ofEpochMilli(fault.from())), fault.kind().word());
  }

  private Incident awaitIncident(Fault fault) throws InterruptedException {
    Wait wait = console.begin("Waiting for the incident");
    long broken = System.nanoTime();
    Incident[] found = new Incident[1];
    await(
        INCIDENT_LIMIT,
        "No incident of " + fault.service() + " was opened within %d s after it was broken.",
        () -> {
          found[0] =
              watch.first(
                  one ->
                      one.transition() != Transition.RESOLVED
                          && one.opened() >= fault.from()
                          && concerns(one, fault.service()));
          return found[0] != null;
        });
    long now = System.nanoTime();
    wait.done("The incident is there");
    console.say(
        "  jobs up to first incident %.0f s, fault to incident %.0f s, false incidents %d"
            .formatted(
                (now - jobsUp) / 1e9, (now - broken) / 1e9, watch.opened(live, fault.from())));
    return found[0];
  }

  /** Whether an incident is about a service: felt there, or it is among the first suspects. */
  static boolean concerns(Incident incident, String service) {
    return incident.entity().service().equals(service)
        || incident.suspects().stream()
            .limit(FIRST_SUSPECTS)
            .anyMatch(suspect -> suspect.entity().service().equals(service));
  }

  private void awaitResolution(Fault fault, Incident incident) throws InterruptedException {
    Wait wait = console.begin("The fault lasts a little longer");
    long end = System.nanoTime() + FAULT_GOES_ON.toNanos();
    await(FAULT_GOES_ON.plusMinutes(1), "", () -> System.nanoTime() >= end);
    mishaps.end(fault);
    wait.done("The fault has ended");
    Wait resolution = console.begin("Waiting for the resolution");
    await(
        RESOLUTION_LIMIT,
        "The incident was not resolved within %d s after its fault had ended.",
        () ->
            watch.first(
                    one ->
                        one.id().equals(incident.id()) && one.transition() == Transition.RESOLVED)
                != null);
    resolution.done("The incident is resolved");
  }

  /** Waits until something is true; fails when it takes too long, or the shop has stopped. */
  private void await(Duration limit, String sentence, BooleanSupplier what)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!what.getAsBoolean()) {
      String broken = failure;
      if (broken != null) {
        throw new LocalRunException(broken);
      }
      run.vitals().check();
      if (System.nanoTime() - deadline > 0) {
        throw new LocalRunException(sentence.formatted(limit.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
