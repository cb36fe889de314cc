// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalFlinkIT {
  @TempDir Path directory;

  @Test
  void severalJobsRunAndAreShownOnTheWeb() throws Exception {
    try (LocalFlink flink = LocalFlink.start(directory, 0, 2)) {
      JobID first = flink.submit("first", endless(flink, "first"));
      JobID second = flink.submit("second", endless(flink, "second"));

      assertThat(flink.isRunning(first)).isTrue();
      assertThat(flink.isRunning(second)).isTrue();
      assertThat(get(flink, "/jobs/overview")).contains("first", "second", "RUNNING");
      assertThat(get(flink, "/")).contains("<html");

      flink.cancel(first);
      assertThat(flink.isRunning(first)).isFalse();
    }
    assertThat(directory.resolve("temporary")).doesNotExist();
  }

  @Test
  void aJobGoesOnFromItsLastCheckpointAndThoseOfEarlierRunsAreDeleted() throws Exception {
    Path runs = Files.createDirectories(directory.resolve("checkpoints/job"));
    Files.createDirectories(runs.resolve("0123/shared"));
    Path first;
    try (LocalFlink flink = LocalFlink.start(directory, 0, 2)) {
      first = runs.resolve(flink.submit("job", endless(flink, "job")).toString());
      await().atMost(Duration.ofSeconds(60)).until(this::hasCheckpoint);
    }
    try (LocalFlink flink = LocalFlink.start(directory, 0, 2)) {
      JobID job = flink.submit("job", endless(flink, "job"));
      Path second = runs.resolve(job.toString());

      assertThat(get(flink, "/jobs/" + job + "/checkpoints")).contains("\"restored\":{\"id\"");
      assertThat(runs).isDirectoryNotContaining(run -> !run.equals(first) && !run.equals(second));
      assertThat(first).exists();
    }
  }

  private boolean hasCheckpoint() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
      return files.anyMatch(file -> file.endsWith("_metadata"));
    }
  }

  @Test
  void aJobThatHasEndedIsNamed() throws Exception {
    try (LocalFlink flink = LocalFlink.start(directory, 0, 2)) {
      JobID job = flink.submit("numbers", endless(flink, "numbers"));
      Vitals vitals =
          new Vitals(() -> true, directory.resolve("log"), flink, Map.of("numbers", job));
      assertThat(flink.hasEnded(job)).isFalse();
      flink.cancel(job);

      assertThat(flink.hasEnded(job)).isTrue();
      assertThatThrownBy(vitals::watch)
          .isInstanceOf(LocalRunException.class)
          .hasMessage("The job numbers has ended: it is CANCELED.");
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LocalFlink.start(directory, taken.getLocalPort(), 1))
          .isInstanceOf(LocalRunException.class)
          .hasMessageMatching("Port " + taken.getLocalPort() + " is already in use; [^.]*\\.");
    }
  }

  private static StreamExecutionEnvironment endless(LocalFlink flink, String name) {
    StreamExecutionEnvironment environment = flink.environment(name);
    environment.setParallelism(1);
    environment
        .fromSource(
            new org.apache.flink.connector.datagen.source.DataGeneratorSource<>(
                index -> index,
                Long.MAX_VALUE,
                org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy.perSecond(
                    10),
                org.apache.flink.api.common.typeinfo.Types.LONG),
            org.apache.flink.api.common.eventtime.WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return environment;
  }

  private static String get(LocalFlink flink, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(flink.web().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
