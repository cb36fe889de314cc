// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.connectors.remotewrite.Protocol;
import io.tocsin.connectors.remotewrite.RemoteWriteEncoder;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What the series of a service do together, seen through the whole job. */
final class EntitiesJobTest {
  private static final int SERVICES = 4;
  private static final int SERIES = 12;
  private static final int SCRAPES = 200;
  private static final int BROKEN_FROM = 160;
  private static final int BROKEN_UNTIL = 184;
  private static final int MOST_RECORDS = 1_000_000;

  @Test
  void aServiceOfWhichMostSeriesDeviateIsFoundAsOne() throws Exception {
    List<Finding> shares =
        run(1).stream().filter(finding -> finding.detector().equals("share")).toList();

    assertThat(shares).isNotEmpty();
    assertThat(shares)
        .allSatisfy(
            finding -> {
              assertThat(finding.entity().service()).isEqualTo("service-1");
              assertThat(finding.labels().metric()).isEqualTo("tocsin_entity_share");
              assertThat(Math.floorMod(finding.arrival(), Judged.TICK_MILLIS)).isZero();
            });
    Finding strongest =
        shares.stream().filter(finding -> finding.score() >= 1).findFirst().orElseThrow();
    assertThat(strongest.observed()).isGreaterThan(0.4);
    assertThat(strongest.contributions())
        .hasSize(5)
        .allSatisfy(each -> assertThat(each.labels().get("service")).isEqualTo("service-1"));
    assertThat(shares.get(shares.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void twoSubtasksFindTheSameAsOne() throws Exception {
    assertThat(texts(run(2))).isEqualTo(texts(run(1)));
  }

  private static Set<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void historyTellsEntitiesNothing() throws Exception {
    List<ShardBatch> history =
        Bodies.batches(bodies()).stream()
            .map(
                batch ->
                    new ShardBatch(
                        batch.shard(), batch.arrival(), true, batch.samples(), batch.extras()))
            .toList();
    assertThat(run(history, MetricsSettings.DEFAULTS, 1)).isEmpty();
  }

  @Test
  void whatIsOverIsLearnedAndToldToNobody() throws Exception {
    Instant end = Instant.ofEpochMilli(Bodies.START + BROKEN_UNTIL * Bodies.STEP);
    List<Finding> all = run(1);
    List<Finding> later =
        all.stream().filter(finding -> finding.arrival() >= end.toEpochMilli()).toList();
    assertThat(later).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(later).anyMatch(finding -> finding.detector().equals("share"));
    assertThat(texts(run(Bodies.batches(bodies()), learningUntil(end), 1))).isEqualTo(texts(later));
  }

  static MetricsSettings learningUntil(Instant end) {
    MetricsSettings usual = MetricsSettings.DEFAULTS;
    return new MetricsSettings(
        usual.kafka(),
        usual.limits(),
        usual.metrics(),
        usual.entities(),
        usual.series(),
        usual.band(),
        usual.episodes(),
        usual.together(),
        usual.bands(),
        usual.lateness(),
        usual.idleness(),
        end,
        usual.checkpointInterval(),
        usual.coreHourUsd());
  }

  private static List<Finding> run(int parallelism) throws Exception {
    return run(Bodies.batches(bodies()), MetricsSettings.DEFAULTS, parallelism);
  }

  private static List<Finding> run(
      List<ShardBatch> scrapes, MetricsSettings settings, int parallelism) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    settings.applyTo(env);
    DataStream<ShardBatch> batches =
        env.fromData(scrapes, ShardBatchSerializer.typeInformation())
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                BatchTimes.strategy(settings.lateness(), settings.idleness()))
            .setParallelism(1);
    return MetricsJob.score(batches, settings).findings().executeAndCollect(MOST_RECORDS).stream()
        .map(FindingsRecord::finding)
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<byte[]> bodies() {
    RemoteWriteEncoder encoder = new RemoteWriteEncoder(Protocol.V1);
    Random random = new Random(4);
    List<byte[]> bodies = new ArrayList<>();
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      for (int service = 0; service < SERVICES; service++) {
        boolean broken = service == 1 && scrape >= BROKEN_FROM && scrape < BROKEN_UNTIL;
        for (int i = 0; i < SERIES; i++) {
          double value = 100 + 2 * random.nextGaussian() + (broken && i % 3 > 0 ? 100 : 0);
          encoder.sample(labels(service, i), Bodies.START + scrape * Bodies.STEP, value);
        }
      }
      bodies.add(encoder.finish());
    }
    return bodies;
  }

  private static byte[] labels(int service, int series) {
    return RemoteWriteEncoder.encodeLabels(
        Labels.of(
            Labels.NAME,
            "queue_length_" + series,
            "namespace",
            "shop",
            "service",
            "service-" + service));
  }
}
