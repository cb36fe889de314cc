// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.remotewrite.RemoteWriteClient;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicSettings;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.local.BackfillCommand;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A real Prometheus remembers half a day of two services, in which both were once broken. Live
 * metrics of both come already when the history of one is fetched; then both break again, before
 * either has been seen live for long enough to know its usual.
 */
final class BackfillIT {
  private static final String TAUGHT = "checkout";
  private static final String UNTAUGHT = "cart";
  private static final Duration HISTORY = Duration.ofHours(12);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Fewer than a detector wants to see before it judges. */
  private static final int LIVE_BEFORE = 3;

  private static final int LIVE_HEALTHY = 4;
  private static final int LIVE_BROKEN = 12;

  @TempDir Path directory;

  /** What is to be closed, the last first. */
  private final List<AutoCloseable> open = new ArrayList<>();

  private Pipeline pipeline;
  private URI gateway;
  private Storefront shop;

  @Test
  void aFaultMinutesAfterTheStartIsFoundWithTheBandOfHistoryAndThePastPagesNobody()
      throws Exception {
    try {
      URI prometheus = prometheus();
      startTocsin();
      live(LIVE_BEFORE, false);
      learn(prometheus);
      // What is learned is told to nobody, not even as weak evidence.
      awaitProgress();
      assertThat(findings()).isEmpty();
      assertThat(incidents()).isEmpty();
      live(LIVE_HEALTHY, false);
      long broken = shop.time();
      live(LIVE_BROKEN, true);
      await("the incident").atMost(PATIENCE).pollInterval(POLL).until(() -> !incidents().isEmpty());
      awaitProgress();
      assertOneIsFound(broken);
    } finally {
      for (int i = open.size() - 1; i >= 0; i--) {
        open.get(i).close();
      }
    }
  }

  private void assertOneIsFound(long broken) throws Exception {
    assertThat(findings())
        .filteredOn(Finding::strong)
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.entity().service()).isEqualTo(TAUGHT);
              assertThat(finding.onset()).isGreaterThan(broken);
            })
        .anySatisfy(
            finding -> {
              assertThat(finding.labels().get("code")).isEqualTo("500");
              assertThat(finding.expected()).isLessThan(1);
            });
    assertThat(incidents())
        .allSatisfy(
            incident -> {
              assertThat(incident.entity().service()).isEqualTo(TAUGHT);
              assertThat(incident.onset()).isGreaterThan(broken);
            });
    System.out.printf("backfill: %s%n", incidents().get(0).title());
  }

  private URI prometheus() throws Exception {
    Path home = Files.createDirectory(directory.resolve("prometheus"));
    long now = System.currentTimeMillis();
    shop = new Storefront(now - HISTORY.toMillis(), List.of(TAUGHT, UNTAUGHT));
    // Its end is left to be sent live.
    long end = now - LIVE_BEFORE * Storefront.STEP_MILLIS;
    Files.writeString(home.resolve("history.txt"), shop.history(end, 1000, 1040));
    Process blocks =
        new ProcessBuilder(
                DebianProgram.PROMTOOL.path(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                "history.txt",
                "data")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("promtool.log").toFile())
            .start();
    assertThat(blocks.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(blocks.exitValue()).isZero();
    Files.writeString(
        home.resolve("prometheus.yml"),
        "global: {external_labels: {cluster: %s}}".formatted(Storefront.CLUSTER));
    int port = RealProcess.freePort();
    URI uri = URI.create("http://127.0.0.1:" + port);
    closing(
        RealProcess.start(
            DebianProgram.PROMETHEUS,
            List.of(
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port),
            home,
            uri.resolve("/-/ready")));
    return uri;
  }

  private void startTocsin() throws Exception {
    pipeline = closing(new Pipeline(directory, TopicSettings.DEFAULTS.metricsPartitions()));
    gateway = closing(pipeline.startGateway()).uri();
    pipeline.start(
        "metrics",
        2,
        env -> MetricsJob.define(env, pipeline.metricsSettings("metrics", CHECKPOINTS)));
    pipeline.start(
        "incidents",
        1,
        env ->
            IncidentsJob.define(
                env,
                pipeline.incidentsSettings(
                    "incidents", IncidentSettings.DEFAULTS, List.of(), CHECKPOINTS)));
  }

  /** Scrapes as Prometheus writes them. */
  private void live(int scrapes, boolean broken) throws Exception {
    RemoteWriteClient client =
        new RemoteWriteClient(
            gateway.resolve("/api/v1/write"), new Secret(""), Map.of(), Duration.ofSeconds(30));
    for (int scrape = 0; scrape < scrapes; scrape++) {
      client.post(shop.live(broken));
    }
    awaitProgress();
  }

  private void learn(URI prometheus) {
    int code =
        new CommandLine(new BackfillCommand())
            .execute(
                "--prometheus=" + prometheus,
                "--hours=" + HISTORY.toHours(),
                "--match={service=\"" + TAUGHT + "\"}",
                "--gateway=" + gateway,
                "--flink=" + pipeline.web());
    assertThat(code).isZero();
  }

  /** Waits until all that has arrived by now is scored. */
  private void awaitProgress() throws Exception {
    long now = System.currentTimeMillis();
    await("progress")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(
            () ->
                records().stream()
                    .map(FindingsRecord::progress)
                    .filter(Objects::nonNull)
                    .mapToLong(Progress::time)
                    .anyMatch(time -> time >= now));
  }

  private List<Finding> findings() throws Exception {
    return records().stream().map(FindingsRecord::finding).filter(Objects::nonNull).toList();
  }

  private List<FindingsRecord> records() throws Exception {
    return pipeline.topics().read(Topic.FINDINGS, Codecs.FINDINGS);
  }

  private List<Incident> incidents() throws Exception {
    return pipeline.topics().read(Topic.INCIDENTS, Codecs.INCIDENTS);
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
