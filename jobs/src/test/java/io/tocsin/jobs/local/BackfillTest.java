// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.prometheus.PrometheusAddress;
import io.tocsin.connectors.prometheus.PrometheusException;
import io.tocsin.jobs.local.Backfill.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BackfillTest {
  private static final Instant FROM = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant UNTIL = FROM.plusSeconds(3600);
  private static final String FLINK = "http://127.0.0.1:1";

  private final StringWriter err = new StringWriter();
  private HistoryServers servers;

  /** A clock that goes on by a minute each time it is asked, up to an end. */
  private static final class HastyClock extends Clock {
    private Instant now = UNTIL;

    @Override
    public Instant instant() {
      Instant end = UNTIL.plus(Duration.ofMinutes(12));
      now = now.plusSeconds(60).isBefore(end) ? now.plusSeconds(60) : end;
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() throws IOException {
    servers = new HistoryServers();
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private Backfill backfill(@Nullable Instant until, Clock clock) {
    return new Backfill(
        new BackfillSettings(
            PrometheusAddress.open(servers.uri()),
            servers.uri(),
            new Secret("abc"),
            List.of("{node!=\"\"}"),
            Map.of(),
            FROM,
            until,
            Duration.ofMinutes(5)),
        clock);
  }

  private Progress bring(@Nullable Instant until, Clock clock) throws Exception {
    return backfill(until, clock).run(progress -> {});
  }

  @Test
  void allComesOnceAndInTheOrderOfTime() throws Exception {
    List<Progress> told = new ArrayList<>();
    Progress sent = backfill(UNTIL, Clock.systemUTC()).run(told::add);
    List<Long> expected = new ArrayList<>();
    for (long time = FROM.toEpochMilli() + HistoryServers.STEP_MILLIS;
        time <= UNTIL.toEpochMilli();
        time += HistoryServers.STEP_MILLIS) {
      expected.add(time);
      expected.add(time);
    }
    assertThat(servers.got).isEqualTo(expected);
    assertThat(sent).isEqualTo(new Progress(12, 12, UNTIL.toEpochMilli(), 720, 2, 0));
    assertThat(told).hasSize(12).last().isEqualTo(sent);
    assertThat(told.get(2).part()).isEqualTo(0.25);
  }

  @Test
  void bodiesSayWhatTheyAreAndKindsComeFirst() throws Exception {
    bring(UNTIL, Clock.systemUTC());
    assertThat(servers.headers).hasSizeGreaterThan(1).containsOnly("backfill history Bearer abc");
    assertThat(servers.families).containsExactly("load");
  }

  @Test
  void whatIsTooMuchAtOnceIsAskedForInParts() throws Exception {
    bring(UNTIL, Clock.systemUTC());
    List<Long> inOne = List.copyOf(servers.got);
    servers.got.clear();
    servers.asked.clear();
    servers.mostMillis = 80_000;
    assertThat(bring(UNTIL, Clock.systemUTC()).windows()).isEqualTo(12);
    assertThat(servers.asked).hasSize(48).isSorted();
    assertThat(servers.got).isEqualTo(inOne);
  }

  @Test
  void whatIsTooMuchInAnyPartIsTold() {
    servers.mostMillis = 1;
    assertThat(
            catchThrowableOfType(PrometheusException.class, () -> bring(UNTIL, Clock.systemUTC())))
        .hasMessage("too many samples");
  }

  @Test
  void withoutAnEndItGoesOnUntilItHasCaughtUp() throws Exception {
    Progress sent = bring(null, new HastyClock());
    Instant caughtUp = UNTIL.plus(Duration.ofMinutes(12)).minusSeconds(10);
    assertThat(Instant.ofEpochMilli(sent.reached())).isEqualTo(caughtUp);
    assertThat(servers.got).isSorted().hasSize(2 * 431);
  }

  private int run(String... more) {
    return run(servers.uri(), servers.uri(), more);
  }

  private int run(URI prometheus, URI gateway, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                "--prometheus=" + prometheus,
                "--gateway=" + gateway,
                "--flink=" + FLINK));
    arguments.addAll(List.of(more));
    CommandLine line = Tocsin.commandLine();
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(String[]::new));
  }

  @Test
  void theCommandBringsItAndIsContent() {
    assertThat(run("--from", FROM.toString(), "--until", UNTIL.toString())).isZero();
    assertThat(servers.got).hasSize(720);
    assertThat(servers.headers).containsOnly("backfill history null");
  }

  @Test
  void whatBreaksOffCanBeGoneOnWith() {
    servers.refusesAfter = FROM.plusSeconds(900).toEpochMilli();
    assertThat(run("--from", FROM.toString(), "--until", UNTIL.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            servers.uri()
                + " answers 400: not any more. All up to 2026-11-20T08:15:00Z is sent; go on with"
                + " --from 2026-11-20T08:15:00Z within 15 minutes, or before metrics come live.\n");
    servers.refusesAfter = Long.MAX_VALUE;
    assertThat(run("--from", "2026-11-20T08:15:00Z", "--until", UNTIL.toString())).isZero();
    assertThat(servers.got).hasSize(720).isSorted();
  }

  @Test
  void aGatewayThatRefusesIsTold() {
    servers.gatewayStatus = 401;
    assertThat(run("--hours", "1")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("The gateway refused the samples with 401 its reason. Nothing was sent.\n");
  }

  @Test
  void aGatewayThatIsNotThereIsToldAtOnce() throws Exception {
    URI nobody = nobody();
    assertThat(run(servers.uri(), nobody, "--hours", "1")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "The gateway at " + nobody + "/api/v1/write cannot be reached. Nothing was sent.\n");
  }

  @Test
  void aPrometheusThatIsNotThereIsToldAtOnce() throws Exception {
    URI nobody = nobody();
    assertThat(run(nobody, servers.uri(), "--hours", "1")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(nobody + " cannot be reached: ")
        .endsWith(". Nothing was sent.\n");
  }

  /** An address at which nothing listens. */
  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void aHistoryWithoutSamplesIsAnError() {
    servers.isEmpty = true;
    assertThat(run("--from", FROM.toString(), "--until", UNTIL.toString(), "--match", "{a=\"b\"}"))
        .isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            servers.uri()
                + " has no samples of {a=\"b\"} since 2026-11-20T08:00:00Z; nothing was sent.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--hours=0, --hours must be from 1 to 8784.",
    "--hours=soon, is not a whole number.",
    "--from=yesterday, 'yesterday' is not a time; write one such as 2026-11-20T08:00:00Z.",
    "--from=2999-01-01T00:00:00Z, The history must begin before it ends",
    "--match=up, --hours",
    "--hours=1 --from=2026-11-20T08:00:00Z, mutually exclusive",
    "--hours=1 --user=ann --token=abc, 'Give a token or a user, not both.'",
    "--hours=1 --window=5, is not a duration",
    "--hours=1 --label=cluster, cluster"
  })
  void whatMakesNoSenseIsToldBeforeAnythingIsAsked(String options, String sentence) {
    assertThat(run(options.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).contains("Try: ./tocsin backfill --help");
    assertThat(servers.asked).isEmpty();
    assertThat(servers.headers).isEmpty();
  }
}
