// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.metrics.InterruptedMetricsJob;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.telemetry.Entity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same input gives the same findings and incidents, whatever happens to the jobs on the way:
 * byte for byte, but for records that are written again after a restart.
 */
final class RepeatabilityIT {
  private static final int SERVICES = 8;
  private static final int SCRAPES = 240;

  /** In the middle of the first fault, whose incident lasts then. */
  private static final int FIRST_PART = 110;

  private static final Duration CHECKPOINTS = Duration.ofMillis(300);

  /** Long enough for all of the second part to be told before the failure, and again after it. */
  private static final Duration RARE_CHECKPOINTS = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<Fleet.Fault> FAULTS =
      List.of(new Fleet.Fault(3, 100, 120, false), new Fleet.Fault(5, 150, 156, true));
  private static final List<Fleet.Fault> OTHER_FAULTS =
      List.of(new Fleet.Fault(1, 140, 160, false), new Fleet.Fault(1, 200, 202, false));

  @TempDir static Path directory;

  private static Pipeline pipeline;
  private static Result undisturbed;

  private final Fleet fleet = new Fleet(0, SERVICES, FAULTS);
  private final Fleet otherFleet = new Fleet(1, SERVICES, OTHER_FAULTS);
  private Jobs jobs;

  /** What came out: each record once, by what identifies it. */
  private record Result(Map<String, String> findings, Map<String, String> incidents) {}

  /** The jobs of a run. */
  private record Jobs(JobID metrics, JobID incidents) {}

  @BeforeAll
  static void startPipeline() throws Exception {
    pipeline = new Pipeline(directory, 2);
    RepeatabilityIT first = new RepeatabilityIT();
    first.begin("undisturbed", 1);
    first.write(SCRAPES);
    undisturbed = first.finish("undisturbed");
  }

  @AfterAll
  static void stopPipeline() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @Test
  void allFaultsAreFound() {
    assertThat(undisturbed.findings()).hasSizeGreaterThan(20);
    assertThat(undisturbed.incidents().values())
        .anyMatch(incident -> incident.contains("transition=RESOLVED"))
        .anyMatch(incident -> incident.contains("transition=OPENED"));
  }

  @Test
  void twoSubtasksGiveTheSameAsOne() throws Exception {
    begin("parallel", 2);
    write(SCRAPES);
    assertSame(finish("parallel"));
  }

  @Test
  void aRestoreFromACheckpointChangesNothing() throws Exception {
    begin("failing", 1);
    write(FIRST_PART);
    pipeline.topics().awaitConsumed(metrics("failing"), Topic.METRICS);
    InterruptedMetricsJob.failAtBatch(8000);
    write(SCRAPES - FIRST_PART);
    await("the restore").atMost(PATIENCE).until(() -> pipeline.restores(jobs.metrics()) == 1);
    assertSame(finish("failing"));
  }

  @Test
  void jobsThatAreStoppedGoOnWhereTheyWere() throws Exception {
    begin("stopped", 1);
    write(FIRST_PART);
    pipeline.topics().awaitConsumed(metrics("stopped"), Topic.METRICS);
    pipeline.topics().awaitConsumed(incidents("stopped"), Topic.FINDINGS);
    int before = findings().size();
    write(SCRAPES - FIRST_PART);
    await("more findings").atMost(PATIENCE).until(() -> findings().size() > before);
    pipeline.cancel(jobs.incidents());
    pipeline.cancel(jobs.metrics());
    start("stopped", 1);
    assertThat(pipeline.restores(jobs.metrics())).isEqualTo(1);
    assertThat(pipeline.restores(jobs.incidents())).isEqualTo(1);
    assertSame(finish("stopped"));
  }

  private static void assertSame(Result result) {
    assertThat(result.findings()).isEqualTo(undisturbed.findings());
    assertThat(result.incidents()).isEqualTo(undisturbed.incidents());
  }

  private void begin(String run, int parallelism) throws Exception {
    pipeline.topics().empty();
    Change deploy =
        new Change(
            "deploy-1",
            Fleet.START + (98 * Fleet.STEP_MILLIS),
            "deploy",
            new Entity("", "shop-0", "", "service-3", "", ""),
            "version 2 of service-3",
            "2",
            "",
            "");
    pipeline
        .topics()
        .write(
            List.of(
                new ProducerRecord<>(Topic.CHANGES.topicName(), Codecs.CHANGES.encode(deploy))));
    start(run, parallelism);
    // A change has no part in the order of time: what is told of it depends on when it is read.
    pipeline.topics().awaitConsumed(incidents(run), Topic.CHANGES);
  }

  private void start(String run, int parallelism) {
    JobID incidents =
        pipeline.start(
            incidents(run),
            parallelism,
            env ->
                IncidentsJob.define(
                    env,
                    pipeline.incidentsSettings(
                        incidents(run), IncidentSettings.DEFAULTS, List.of(), CHECKPOINTS)));
    JobID metrics =
        pipeline.start(
            metrics(run),
            parallelism,
            env -> {
              if (run.equals("failing")) {
                InterruptedMetricsJob.define(
                    env, pipeline.metricsSettings(metrics(run), RARE_CHECKPOINTS));
              } else {
                MetricsJob.define(env, pipeline.metricsSettings(metrics(run), CHECKPOINTS));
              }
            });
    jobs = new Jobs(metrics, incidents);
  }

  private void write(int scrapes) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(fleet.scrapes(scrapes));
    records.addAll(otherFleet.scrapes(scrapes));
    pipeline.topics().write(records);
  }

  private Result finish(String run) throws Exception {
    // As a gateway does: after a restart, nothing else may come from a partition.
    pipeline.topics().write(List.of(fleet.heartbeat(0), fleet.heartbeat(1)));
    pipeline.topics().awaitConsumed(metrics(run), Topic.METRICS);
    pipeline.topics().awaitConsumed(incidents(run), Topic.FINDINGS);
    pipeline.cancel(jobs.metrics());
    pipeline.cancel(jobs.incidents());
    List<Finding> findings = findings();
    var incidents = pipeline.topics().read(Topic.INCIDENTS, Codecs.INCIDENTS);
    Result result =
        new Result(
            once(findings, each -> each.id() + " " + each.phase() + " " + each.time()),
            once(incidents, each -> each.id() + " " + each.revision()));
    System.out.printf(
        "repeatability, %s: %d findings (%d records), %d transitions (%d records)%n",
        run,
        result.findings().size(),
        findings.size(),
        result.incidents().size(),
        incidents.size());
    return result;
  }

  private static List<Finding> findings() throws Exception {
    return pipeline.topics().read(Topic.FINDINGS, Codecs.FINDINGS).stream()
        .map(FindingsRecord::finding)
        .filter(Objects::nonNull)
        .toList();
  }

  /** What was written twice must say the same. */
  private static <T> Map<String, String> once(List<T> records, Function<T, String> identity) {
    Map<String, String> once = new TreeMap<>();
    for (T record : records) {
      String text = record.toString();
      String known = once.putIfAbsent(identity.apply(record), text);
      assertThat(known == null ? text : known).isEqualTo(text);
    }
    return once;
  }

  private static String metrics(String run) {
    return "metrics-" + run;
  }

  private static String incidents(String run) {
    return "incidents-" + run;
  }
}
