// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.models.telemetry.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What can go wrong with the jobs; each method makes it so and scrapes meanwhile. */
final class JobTroubles {
  private static final Scrapes.Cause NOTHING = () -> {};
  private static final String FRAGILE = "fragile";
  private static final String SLOW = "slow";
  private static final int OK = 200;

  /** How many records a source of Kafka holds at most that it has read and not passed on. */
  private static final int AHEAD = 2_000;

  private static final int FEW_LINES = 4_000;
  private static final int MORE_LINES = 600;
  private static final int MANY_LINES = 13_000;

  private JobTroubles() {}

  /** Counters of failed requests of services, of which scores and bands are exported. */
  static List<Labels> failures(int services) {
    return IntStream.range(0, services)
        .mapToObj(i -> Map.of("namespace", "shop", "service", "service-" + i, "code", "500"))
        .map(labels -> labels("http_requests_total", labels))
        .toList();
  }

  private static Labels labels(String name, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put(Labels.NAME, name);
    return Labels.of(all);
  }

  /** Samples of the present come in and are scored. */
  static void judge(ObservedTocsin tocsin, String job) throws Exception {
    tocsin.awaitRise(
        () -> tocsin.send(failures(2)), 2, "tocsin_samples_total", "\"scored\"", named(job));
  }

  private static String named(String job) {
    return "job_name=\"" + job + "\"";
  }

  /** Waits until a job has saved its state once more. */
  static void awaitSaved(ObservedTocsin tocsin, String job) throws Exception {
    tocsin.awaitRise(NOTHING, 1, "numberOfCompletedCheckpoints", named(job));
  }

  private static Scrapes calm(ObservedTocsin tocsin, String job) throws Exception {
    return tocsin.scrapes(job).minutes(3, () -> awaitSaved(tocsin, job)).allIsWell();
  }

  /** Of all that comes, everything is older than what was there before. */
  static Scrapes allIsLate(ObservedTocsin tocsin) throws Exception {
    return tocsin
        .scrapes(ObservedTocsin.METRICS)
        .minutes(5, () -> judge(tocsin, ObservedTocsin.METRICS))
        .allIsWell()
        .minutes(
            12,
            () ->
                tocsin.awaitRise(
                    () -> tocsin.sendLate(failures(2)), 2, "tocsin_samples_total", "\"late\""));
  }

  static Scrapes jobIsCancelled(ObservedTocsin tocsin) throws Exception {
    String spare = "tocsin-spare";
    JobID job = tocsin.startMetrics(spare);
    Scrapes scrapes = tocsin.scrapes(spare).minutes(5, () -> judge(tocsin, spare)).allIsWell();
    tocsin.pipeline.cancel(job);
    return scrapes.minutes(12, () -> tocsin.send(failures(2)));
  }

  static Scrapes jobFailsAgainAndAgain(ObservedTocsin tocsin) throws Exception {
    // Without checkpoints: one that is under way fails as well.
    JobID job =
        tocsin.pipeline.start(FRAGILE, 1, env -> SmallJobs.fragile(env, Duration.ofHours(1)));
    Scrapes scrapes = tocsin.scrapes(FRAGILE).minutes(3, NOTHING).allIsWell();
    scrapes.minutes(
        5, () -> tocsin.awaitRise(SmallJobs.FAILURES::release, 1, "_numRestarts", named(FRAGILE)));
    tocsin.pipeline.cancel(job);
    return scrapes;
  }

  /** A file stands where the directory of checkpoints was. */
  static Scrapes storageIsGone(ObservedTocsin tocsin, int minutes) throws Exception {
    JobID job = tocsin.pipeline.start(FRAGILE, 1, env -> SmallJobs.fragile(env, SmallJobs.OFTEN));
    Scrapes scrapes = calm(tocsin, FRAGILE);
    Path checkpoints = tocsin.pipeline.checkpoints(FRAGILE).resolve(job.toString());
    Files.move(checkpoints, checkpoints.resolveSibling("moved-" + job));
    Files.createFile(checkpoints);
    scrapes.minutes(
        minutes, () -> tocsin.awaitRise(NOTHING, 1, "numberOfFailedCheckpoints", named(FRAGILE)));
    tocsin.pipeline.cancel(job);
    return scrapes;
  }

  /**
   * Each minute more comes than the minute before, and the job reads what came the minute before:
   * by that it also learns how much there is now.
   */
  static Scrapes jobIsSlow(ObservedTocsin tocsin) throws Exception {
    KafkaSettings kafka =
        new KafkaSettings(
            tocsin.pipeline.bootstrapServers(), SLOW, KafkaSettings.EARLIEST, Map.of());
    tocsin.pipeline.topics().write(lines(FEW_LINES));
    JobID job = tocsin.pipeline.start(SLOW, 1, env -> SmallJobs.slow(env, kafka));
    Scrapes scrapes =
        tocsin.scrapes(SLOW).minutes(3, () -> awaitWaiting(tocsin, FEW_LINES)).allIsWell();
    for (int lines = FEW_LINES + MORE_LINES; lines < MANY_LINES; lines += MORE_LINES) {
      int written = lines;
      tocsin.pipeline.topics().write(lines(written));
      SmallJobs.READS.release(written - MORE_LINES);
      scrapes.minutes(1, () -> awaitWaiting(tocsin, written));
    }
    SmallJobs.READS.release(Integer.MAX_VALUE / 2);
    tocsin.pipeline.cancel(job);
    SmallJobs.READS.drainPermits();
    return scrapes;
  }

  private static void awaitWaiting(ObservedTocsin tocsin, int written) {
    tocsin.awaitValue(written - AHEAD, "_pendingRecords", named(SLOW));
  }

  private static List<ProducerRecord<byte[], byte[]>> lines(int count) {
    byte[] line = "a line".getBytes(StandardCharsets.UTF_8);
    return Collections.nCopies(
        count, new ProducerRecord<>(SmallJobs.LINES.topicName(), line, line));
  }

  static Scrapes recordsAreUnreadable(ObservedTocsin tocsin) throws Exception {
    byte[] plain = "http_requests_total 17".getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topic.METRICS.topicName(), 0, System.currentTimeMillis(), null, plain);
    return tocsin
        .scrapes(ObservedTocsin.METRICS)
        .minutes(3, NOTHING)
        .allIsWell()
        .minutes(
            8,
            () ->
                tocsin.awaitRise(
                    () -> tocsin.pipeline.topics().write(Collections.nCopies(3, record)),
                    3,
                    "tocsin_records_rejected_total",
                    named(ObservedTocsin.METRICS)));
  }

  /** More copies of a series than a shard may have, of which each has its own name. */
  static Scrapes shardIsFull(ObservedTocsin tocsin) throws Exception {
    List<Labels> copies =
        IntStream.range(0, 2 * ObservedTocsin.MOST_SERIES)
            .mapToObj(i -> Map.of("namespace", "shop", "deployment", "cart", "pod", "cart-" + i))
            .map(labels -> labels("queue_length", labels))
            .toList();
    return tocsin
        .scrapes(ObservedTocsin.METRICS)
        .minutes(3, () -> judge(tocsin, ObservedTocsin.METRICS))
        .allIsWell()
        .minutes(
            14,
            () -> {
              tocsin.awaitRise(() -> tocsin.send(copies), 1, "tocsin_samples_total", "\"refused\"");
              judge(tocsin, ObservedTocsin.METRICS);
            });
  }

  static Scrapes bandsAreNotTaken(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin
            .scrapes(ObservedTocsin.METRICS)
            .minutes(3, () -> judge(tocsin, ObservedTocsin.METRICS))
            .allIsWell();
    List<Labels> many = failures(40);
    tocsin.awaitRise(() -> tocsin.send(many), 30, "tocsin_samples_total", "\"tracked\"");
    tocsin.bands.hang();
    try {
      return scrapes.minutes(
          25,
          () ->
              tocsin.awaitRise(() -> tocsin.send(many), 30, "tocsin_samples_total", "\"scored\""));
    } finally {
      tocsin.bands.answer(OK);
    }
  }

  static Scrapes heapIsNearlyFull(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes = tocsin.scrapes(tocsin.small.metrics()).minutes(3, NOTHING).allIsWell();
    tocsin.small.fill();
    return scrapes.minutes(22, NOTHING);
  }
}
