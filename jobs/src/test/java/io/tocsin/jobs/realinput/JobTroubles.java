// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.awaitility.Awaitility.await;

import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.models.telemetry.Labels;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What can go wrong with the jobs; each method makes it so and scrapes meanwhile. */
final class JobTroubles {
  private static final Scrapes.Cause NOTHING = () -> {};
  private static final String FRAGILE = "fragile";
  private static final Duration START = Duration.ofSeconds(30);
  private static final double NEARLY = 0.88;

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
    Scrapes scrapes =
        tocsin.scrapes(spare).minutes(5, () -> judge(tocsin, spare)).allIsWell();
    tocsin.pipeline.cancel(job);
    return scrapes.minutes(12, () -> tocsin.send(failures(2)));
  }

  static Scrapes jobFailsAgainAndAgain(ObservedTocsin tocsin) throws Exception {
    JobID job = tocsin.pipeline.start(FRAGILE, 1, SmallJobs::fragile);
    Scrapes scrapes = calm(tocsin, FRAGILE);
    scrapes.minutes(
        5, () -> tocsin.awaitRise(SmallJobs.FAILURES::release, 1, "_numRestarts", named(FRAGILE)));
    tocsin.pipeline.cancel(job);
    return scrapes;
  }

  /** A file stands where the directory of checkpoints was. */
  static Scrapes storageIsGone(ObservedTocsin tocsin, int minutes) throws Exception {
    JobID job = tocsin.pipeline.start(FRAGILE, 1, SmallJobs::fragile);
    Scrapes scrapes = calm(tocsin, FRAGILE);
    Path checkpoints = tocsin.pipeline.checkpoints(FRAGILE).resolve(job.toString());
    Files.move(checkpoints, checkpoints.resolveSibling("moved-" + job));
    Files.createFile(checkpoints);
    scrapes.minutes(
        minutes,
        () -> tocsin.awaitRise(NOTHING, 1, "numberOfFailedCheckpoints", named(FRAGILE)));
    tocsin.pipeline.cancel(job);
    return scrapes;
  }

  /** What waits when a job reads less than comes; each minute more comes than before. */
  static Scrapes jobIsSlow(ObservedTocsin tocsin) throws Exception {
    String slow = "slow";
    KafkaSettings kafka =
        new KafkaSettings(
            tocsin.pipeline.bootstrapServers(), slow, KafkaSettings.EARLIEST, Map.of());
    JobID job = tocsin.pipeline.start(slow, 1, env -> SmallJobs.slow(env, kafka));
    Scrapes scrapes = calm(tocsin, slow);
    int[] written = {0};
    scrapes.minutes(
        25,
        () -> {
          // It reads what there was, by which it learns how much there is now.
          int before = written[0];
          written[0] += 2_000 + before / 5;
          tocsin.awaitRise(
              () -> {
                tocsin.pipeline.topics().write(lines(written[0]));
                SmallJobs.READS.release(before);
              },
              1,
              "pendingRecords",
              named(slow));
        });
    SmallJobs.READS.release(Integer.MAX_VALUE / 2);
    tocsin.pipeline.cancel(job);
    SmallJobs.READS.drainPermits();
    return scrapes;
  }

  private static List<ProducerRecord<byte[], byte[]>> lines(int count) {
    byte[] line = "a line".getBytes(StandardCharsets.UTF_8);
    return Collections.nCopies(count, new ProducerRecord<>(Topic.LOGS.topicName(), 0, null, line));
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
              tocsin.awaitRise(
                  () -> tocsin.send(copies), 1, "tocsin_samples_total", "\"refused\"");
              judge(tocsin, ObservedTocsin.METRICS);
            });
  }

  static Scrapes bandsAreNotTaken(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin
            .scrapes(ObservedTocsin.METRICS)
            .minutes(3, () -> judge(tocsin, ObservedTocsin.METRICS))
            .allIsWell();
    tocsin.bands.hang();
    try {
      return scrapes.minutes(
          20,
          () ->
              tocsin.awaitRise(
                  () -> tocsin.send(failures(40)), 100, "tocsin_band_samples_dropped"));
    } finally {
      tocsin.bands.answer(204);
    }
  }

  /** In a process of its own, with a small heap, lest this one be short of memory. */
  static Scrapes heapIsNearlyFull(ObservedTocsin tocsin) throws Exception {
    int port = RealProcess.freePort();
    URI metrics = ObservedTocsin.metricsAt(port);
    Path directory = tocsin.directory();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NearlyFullHeap.class.getName(),
                directory.resolve("heap").toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("heap.log").toFile())
            .start();
    try {
      return fill(tocsin.scrapes(metrics), metrics, process.getOutputStream());
    } finally {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static Scrapes fill(Scrapes scrapes, URI metrics, OutputStream process)
      throws Exception {
    await("the small process").atMost(START).until(() -> Http.answers(metrics));
    scrapes.minutes(3, NOTHING).allIsWell();
    process.write('\n');
    process.flush();
    await("a full heap").atMost(START).until(() -> full(metrics));
    return scrapes.minutes(22, NOTHING);
  }

  private static boolean full(URI metrics) throws Exception {
    double used = Exposition.sum(metrics, "JVM_Memory_Heap_Used");
    return used > NEARLY * Exposition.sum(metrics, "JVM_Memory_Heap_Max");
  }
}
