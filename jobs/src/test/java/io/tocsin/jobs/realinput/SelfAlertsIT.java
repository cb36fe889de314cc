// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.jobs.deployment.AlertRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each alert about Tocsin itself, fired by what it is for: the real programs get into the trouble,
 * what they then tell Prometheus is scraped, and the shipped rules are asked.
 */
final class SelfAlertsIT {
  @TempDir static Path directory;
  private static ObservedTocsin tocsin;

  /** What goes wrong, and the alerts that say so; no other may fire. */
  private record Trouble(String what, Causing causing, Set<String> alerts) {
    static Trouble of(String what, Causing causing, String... alerts) {
      return new Trouble(what, causing, Set.of(alerts));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  @FunctionalInterface
  private interface Causing {
    Scrapes cause(ObservedTocsin tocsin) throws Exception;
  }

  static final List<Trouble> TROUBLES =
      List.of(
          Trouble.of("a program ends", GatewayTroubles::isGone, "TocsinDown"),
          Trouble.of(
              "a program is not deployed", GatewayTroubles::isNotDeployed, "TocsinNoMetrics"),
          Trouble.of(
              "the gateway reaches no Kafka",
              GatewayTroubles::reachesNoKafka,
              "TocsinGatewayNotReady"),
          Trouble.of("the gateway is full", GatewayTroubles::isFull, "TocsinGatewayRefusing"),
          Trouble.of(
              "Kafka refuses heartbeats",
              GatewayTroubles::heartbeatsAreRefused,
              "TocsinHeartbeatFailing"),
          Trouble.of(
              "a certificate is broken",
              GatewayTroubles::certificateIsBroken,
              "TocsinConfigReloadFailed"),
          Trouble.of(
              "a chat channel is revoked",
              GatewayTroubles::channelIsRevoked,
              "TocsinChatNotDelivered"),
          Trouble.of("all samples are late", JobTroubles::allIsLate, "TocsinNotJudging"),
          Trouble.of(
              "the metrics job is cancelled",
              JobTroubles::jobIsCancelled,
              "TocsinJobMissing",
              "TocsinNotJudging"),
          Trouble.of(
              "a job fails again and again",
              JobTroubles::jobFailsAgainAndAgain,
              "TocsinRestarting"),
          Trouble.of(
              "a few checkpoints fail",
              each -> JobTroubles.storageIsGone(each, 6),
              "TocsinCheckpointsFailing"),
          Trouble.of(
              "no checkpoint succeeds",
              each -> JobTroubles.storageIsGone(each, 18),
              "TocsinCheckpointsFailing",
              "TocsinNoCheckpoint"),
          Trouble.of("a job is slow", JobTroubles::jobIsSlow, "TocsinFallingBehind"),
          Trouble.of(
              "records are unreadable", JobTroubles::recordsAreUnreadable, "TocsinDeadLetters"),
          Trouble.of(
              "Prometheus takes no bands", JobTroubles::bandsAreNotTaken, "TocsinBandsDropped"),
          Trouble.of(
              "a heap is nearly full", JobTroubles::heapIsNearlyFull, "TocsinHeapNearlyFull"),
          Trouble.of(
              "an Alertmanager is down",
              IncidentTroubles::alertmanagerIsDown,
              "TocsinAlertsNotDelivered"),
          Trouble.of(
              "an Alertmanager refuses an alert",
              IncidentTroubles::alertIsRefused,
              "TocsinAlertsNotDelivered"),
          Trouble.of(
              "event time stands still",
              IncidentTroubles::timeStandsStill,
              "TocsinWatchdogMissing"),
          Trouble.of(
              "many incidents are opened", IncidentTroubles::manyAreOpened, "TocsinManyIncidents"),
          Trouble.of(
              "more incidents would be open than may be",
              IncidentTroubles::moreWouldBeOpenThanMayBe,
              "TocsinIncidentsNotOpened",
              "TocsinManyIncidents"),
          // After this, that shard takes no series any more.
          Trouble.of("a shard is full", JobTroubles::shardIsFull, "TocsinSeriesRefused"));

  @BeforeAll
  static void start() throws Exception {
    DebianProgram.PROMTOOL.path();
    tocsin = new ObservedTocsin(directory);
  }

  @AfterAll
  static void stop() {
    if (tocsin != null) {
      tocsin.close();
    }
  }

  @ParameterizedTest
  @FieldSource("TROUBLES")
  void troubleFiresItsAlertsAndNoOther(Trouble trouble) throws Exception {
    trouble.causing().cause(tocsin).fire(trouble.alerts()).assertRulesSaySo(directory);
  }

  @Test
  void everyAlertIsCausedByATrouble() throws Exception {
    Set<String> caused = new TreeSet<>(Set.of(Scrapes.ALWAYS));
    TROUBLES.forEach(trouble -> caused.addAll(trouble.alerts()));
    assertThat(caused).isEqualTo(AlertRules.names());
  }

  @Test
  void nothingFiresWhileAllIsWellButTheWatchdog() throws Exception {
    tocsin
        .scrapes(ObservedTocsin.METRICS, ObservedTocsin.INCIDENTS)
        .minutes(
            30,
            () -> {
              JobTroubles.judge(tocsin, ObservedTocsin.METRICS);
              IncidentTroubles.tell(tocsin);
              for (String job : List.of(ObservedTocsin.METRICS, ObservedTocsin.INCIDENTS)) {
                JobTroubles.awaitSaved(tocsin, job);
              }
            })
        .allIsWell()
        .assertRulesSaySo(directory);
  }
}
