// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.logs.LogsJob;
import io.tocsin.jobs.logs.LogsSettings;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Severity;
import io.tocsin.models.logs.LogPattern;
import io.tocsin.models.telemetry.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON lines in Kafka become findings, patterns and an incident; poison among them harms none. */
final class LogsIT {
  private static final Duration CHECKPOINTS = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long START = 1_790_000_010_000L;
  private static final int SECONDS = 2_400;
  private static final int BROKEN = 2_200;

  /** Services beside payments, so that both subtasks have some. */
  private static final int OTHERS = 8;

  @TempDir static Path directory;

  private static Pipeline pipeline;

  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  @BeforeAll
  static void startPipeline() throws Exception {
    pipeline = new Pipeline(directory, 1);
  }

  @AfterAll
  static void stopPipeline() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @BeforeEach
  void emptyTopics() throws Exception {
    pipeline.topics().empty();
  }

  @Test
  void newErrorsOpenAnIncidentAndPoisonIsSetAside() throws Exception {
    JobID logs = pipeline.start("errors", 2, env -> LogsJob.define(env, settings("errors")));
    JobID incidents =
        pipeline.start(
            "incidents",
            1,
            env ->
                IncidentsJob.define(
                    env,
                    pipeline.incidentsSettings(
                        "incidents", IncidentSettings.DEFAULTS, List.of(), CHECKPOINTS)));
    write();
    pipeline.topics().write(records);
    pipeline.topics().awaitConsumed("errors", Topic.LOGS);

    await("an incident")
        .atMost(PATIENCE)
        .until(() -> !pipeline.topics().read(Topic.INCIDENTS, Codecs.INCIDENTS).isEmpty());
    Incident incident = pipeline.topics().read(Topic.INCIDENTS, Codecs.INCIDENTS).get(0);
    assertThat(incident.entity().service()).isEqualTo("payments");
    assertThat(incident.severity()).isEqualTo(Severity.WARNING);
    assertThat(incident.title()).contains("ledger is read-only");
    Evidence evidence = incident.symptoms().get(0);
    assertThat(evidence.kind()).isEqualTo(Evidence.Kind.LOG);

    Set<String> reasons = new TreeSet<>();
    for (DeadLetter each : pipeline.topics().read(Topic.DEAD_LETTERS, Codecs.DEAD_LETTERS)) {
      assertThat(each.topic()).isEqualTo("tocsin.logs");
      reasons.add(each.reason());
    }
    assertThat(reasons).containsExactly("malformed_json", "no_message", "truncated_json");
    assertThat(pipeline.topics().read(Topic.PATTERNS, Codecs.PATTERNS))
        .extracting(LogPattern::template)
        .contains("charged order <*> in <*> ms", "ledger is read-only, order <*> is lost");
    for (String flaw : List.of("invalid_utf8", "nul", "too_long", "clock", "empty")) {
      await(flaw + " to be counted")
          .atMost(PATIENCE)
          .until(
              () ->
                  pipeline.metric(logs, "logs-decode", "reason." + flaw + ".tocsin_log_flaws_total")
                      > 0);
    }
    for (JobID job : List.of(logs, incidents)) {
      assertThat(pipeline.failures(job)).isZero();
      assertThat(pipeline.restores(job)).isZero();
    }
    pipeline.cancel(logs);
    pipeline.cancel(incidents);
  }

  @Test
  void patternsKeepTheirIdsAndCountsWhenTheJobGoesOnWithMoreSubtasks() throws Exception {
    JobID one = pipeline.start("rescaled", 1, env -> LogsJob.define(env, settings("rescaled")));
    write();
    int half = records.size() / 2;
    pipeline.topics().write(records.subList(0, half));
    pipeline.topics().awaitConsumed("rescaled", Topic.LOGS);
    await("a pattern").atMost(PATIENCE).until(() -> !charges().isEmpty());
    pipeline.cancel(one);
    List<LogPattern> before = charges();

    JobID two = pipeline.start("rescaled", 2, env -> LogsJob.define(env, settings("rescaled")));
    assertThat(pipeline.restores(two)).isEqualTo(1);
    pipeline.topics().write(records.subList(half, records.size()));
    pipeline.topics().awaitConsumed("rescaled", Topic.LOGS);
    await("more lines")
        .atMost(PATIENCE)
        .until(() -> counts(charges()) > counts(before) && counts(before) > 0);

    assertThat(counts(charges())).isGreaterThan(SECONDS / 2);
    Map<String, Set<String>> ids = new TreeMap<>();
    for (LogPattern each : pipeline.topics().read(Topic.PATTERNS, Codecs.PATTERNS)) {
      if (each.template().matches("(charged order|found <\\*> items).*")) {
        ids.computeIfAbsent(each.entity().service(), any -> new TreeSet<>()).add(each.id());
      }
    }
    assertThat(ids).hasSize(1 + OTHERS);
    assertThat(ids.values()).allMatch(ofService -> ofService.size() == 1);
    pipeline.cancel(two);
  }

  private static List<LogPattern> charges() throws Exception {
    return pipeline.topics().read(Topic.PATTERNS, Codecs.PATTERNS).stream()
        .filter(each -> each.template().startsWith("charged order"))
        .toList();
  }

  private static long counts(List<LogPattern> told) {
    return told.stream().mapToLong(LogPattern::count).max().orElse(0);
  }

  private static LogsSettings settings(String group) {
    LogsSettings usual = LogsSettings.DEFAULTS;
    return new LogsSettings(
        new KafkaSettings(pipeline.bootstrapServers(), group, KafkaSettings.COMMITTED, Map.of()),
        List.of(LogInputSettings.of(Topic.LOGS.topicName(), LogFormat.JSON)),
        usual.lines(),
        usual.patterns(),
        usual.series(),
        usual.band(),
        usual.episodes(),
        usual.together(),
        usual.counts(),
        usual.lateness(),
        Duration.ofSeconds(1),
        usual.learnUntil(),
        CHECKPOINTS,
        usual.coreHourUsd());
  }

  private void write() {
    for (int second = 0; second < SECONDS; second++) {
      line(second, "info", "charged order " + (second * 7919 % 9_973) + " in 31 ms");
      if (second % 3 == 0) {
        line(second, "info", "session " + second + " begins");
        for (int other = 0; other < OTHERS; other++) {
          String text = "found " + second % 70 + " items";
          add(
              second,
              json("search-" + other, second, "info", text).getBytes(StandardCharsets.UTF_8));
        }
      }
      if (second >= BROKEN) {
        line(second, "error", "ledger is read-only, order " + second + " is lost");
      }
      if (second % 400 == 399) {
        poison(second);
      }
    }
  }

  private void line(int second, String level, String text) {
    add(second, json(second, level, text).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(int second, String level, String text) {
    return json("payments", second, level, text);
  }

  private static String json(String service, int second, String level, String text) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"level\":\"%s\",\"namespace\":\"shop\",\"service\":\"%s\","
            + "\"pod\":\"%s-0\",\"message\":\"%s\"}",
        Instant.ofEpochMilli(START + second * 1000L),
        level,
        service,
        service,
        text);
  }

  private void poison(int second) {
    byte[] good = json(second, "info", "charged order 1 in 1 ms").getBytes(StandardCharsets.UTF_8);
    add(second, Arrays.copyOf(good, good.length - 20));
    add(second, "no JSON at all".getBytes(StandardCharsets.UTF_8));
    add(second, "{\"level\":\"info\"}".getBytes(StandardCharsets.UTF_8));
    add(second, json(second, "info", "x".repeat(900_000)).getBytes(StandardCharsets.UTF_8));
    add(second, json(second, "info", "session \\u0000 begins").getBytes(StandardCharsets.UTF_8));
    add(second, json(second, "info", "").getBytes(StandardCharsets.UTF_8));
    add(second, json(-9_000_000, "info", "session 1 begins").getBytes(StandardCharsets.UTF_8));
    byte[] broken = json(second, "info", "session # begins").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < broken.length; i++) {
      broken[i] = broken[i] == '#' ? (byte) 0xC3 : broken[i];
    }
    add(second, broken);
  }

  private void add(int second, byte[] value) {
    long time = START + second * 1000L + 300;
    records.add(new ProducerRecord<>(Topic.LOGS.topicName(), 0, time, null, value));
  }
}
