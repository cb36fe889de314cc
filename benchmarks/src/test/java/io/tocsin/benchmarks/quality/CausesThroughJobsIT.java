// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.benchmarks.TocsinProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure through Kafka, the gateway and the jobs. */
final class CausesThroughJobsIT {
  /** 2026-03-01 10:00:00 UTC, in seconds. */
  private static final long ONSET = 1_772_359_200;

  private static final int BEFORE = 120;
  private static final int SINCE = 20;

  @TempDir private Path directory;

  /** The cart is busy and slow, and so slow is the shop, which calls it. */
  private void failure() throws IOException {
    Path failure = Files.createDirectories(directory.resolve("mine").resolve("busy-cart"));
    Files.writeString(
        failure.resolve("case.json"), "{\"time\": " + ONSET + ", \"services\": [\"cart\"]}");
    Files.writeString(failure.resolve("edges.csv"), "caller,callee\nshop,cart\nshop,mail\n");
    Files.writeString(
        failure.resolve("changes.csv"),
        "timestamp,id,kind,service,title\n%d,c1,deploy,cart,\"cart 1.2\"\n".formatted(ONSET - 10));
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder rows = new StringBuilder("timestamp,service,metric,value\n");
    for (int i = 0; i < BEFORE + SINCE; i++) {
      long at = ONSET + (i - BEFORE) * 15L;
      boolean broken = i >= BEFORE;
      for (String service : List.of("cart", "mail", "shop")) {
        boolean busy = broken && service.equals("cart");
        boolean slow = broken && !service.equals("mail");
        row(rows, at, service + ",cpu", 1 + random.nextDouble() / 10 + (busy ? 3 : 0));
        row(rows, at, service + ",latency", 0.1 + random.nextDouble() / 100 + (slow ? 0.5 : 0));
      }
    }
    Files.writeString(failure.resolve("metrics.csv"), rows);
  }

  private static void row(StringBuilder rows, long at, String series, double value) {
    rows.append(String.format(Locale.ROOT, "%d,%s,%.4f%n", at, series, value));
  }

  @Test
  void theJobsOpenAnIncidentAndNameTheCauseAsTheRankingDoes() throws Exception {
    failure();
    Path json = directory.resolve("figures.json");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path output = directory.resolve("output");
    Process process =
        TocsinProcess.start(
            temporary,
            output,
            List.of(
                "evaluate",
                "causes",
                directory.resolve("mine").toString(),
                "--through-jobs",
                "1",
                "--cost-series",
                "500",
                "--json",
                json.toString()));
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("figures");
    for (String figure :
        List.of("cases", "same_findings", "findings_ac1", "opened", "ac1", "agreement")) {
      assertThat(figures.path("mine.jobs." + figure).asDouble()).as(figure).isEqualTo(1);
    }
    assertThat(figures.path("mine.jobs.seconds_p50").asDouble(-1)).isBetween(0.0, SINCE * 15.0);
    assertThat(output)
        .content()
        .contains("mine busy-cart, caused by cart", "### causes through the jobs");
  }
}
