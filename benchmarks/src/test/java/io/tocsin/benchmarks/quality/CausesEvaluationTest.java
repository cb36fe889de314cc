// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CausesEvaluationTest {
  /** 2026-03-01 10:00:00 UTC, in seconds. */
  private static final long ONSET = 1_772_359_200;

  private static final int BEFORE = 120;

  @TempDir private Path directory;

  /** Two services whose processors are busy in turn, and one that notices. */
  private void failure(String name, String truth, String busy) throws IOException {
    Path failure = Files.createDirectories(directory.resolve("mine").resolve(name));
    Files.writeString(failure.resolve("case.json"), "{\"time\": " + ONSET + truth + "}");
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder rows = new StringBuilder("timestamp,service,metric,value\n");
    for (int i = 0; i < BEFORE + 20; i++) {
      for (String service : new String[] {"cart", "mail", "shop"}) {
        boolean up = i >= BEFORE && service.equals(busy);
        double cpu = 1 + random.nextDouble() / 10 + (up ? 3 : 0);
        rows.append(String.format(Locale.ROOT, "%d,%s,cpu,%.4f%n", at(i), service, cpu));
      }
    }
    Files.writeString(failure.resolve("metrics.csv"), rows);
    Files.writeString(failure.resolve("edges.csv"), "caller,callee\nshop,cart\nshop,mail\n");
    Files.writeString(
        failure.resolve("changes.csv"),
        "timestamp,id,kind,service,title\n%d,c1,deploy,cart,1.2\n%d,c2,deploy,mail,2\n"
            .formatted(ONSET - 10, ONSET + 50));
  }

  private static long at(int sample) {
    return ONSET + (sample - BEFORE) * 15L;
  }

  private int run(String... arguments) throws InterruptedException {
    CausesEvaluation evaluation = new CausesEvaluation();
    new CommandLine(evaluation).parseArgs(arguments);
    return evaluation.call();
  }

  @Test
  void figuresAreWrittenByDottedNames() throws IOException, InterruptedException {
    failure(
        "one", ", \"services\": [\"cart\"], \"metrics\": [\"cpu\"], \"change\": \"c1\"", "cart");
    failure("two", ", \"services\": [\"mail\"], \"metrics\": [\"cpu\"], \"change\": \"\"", "mail");
    failure("change", ", \"change\": \"c1\"", "cart");
    failure("quiet", "", "");
    Path json = directory.resolve("figures.json");

    assertThat(
            run(
                directory.resolve("mine").toString(),
                "--cost-series",
                "100",
                "--json",
                json.toString()))
        .isZero();

    JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("figures");
    for (String figure :
        new String[] {
          "mine.service.ac1",
          "mine.service.avg5",
          "mine.late60.service.ac1",
          "mine.detected.service.ac1",
          "mine.findings.service.ac1",
          "mine.metric.ac1",
          "mine.specificity",
          "baro.mine.service.ac1",
          "nsigma.mine.service.ac1"
        }) {
      assertThat(figures.path(figure).asDouble()).as(figure).isEqualTo(1);
    }
    assertThat(figures.path("mine.change.right").asInt()).isEqualTo(3);
    assertThat(figures.path("mine.change.wrong").asInt()).isZero();
    assertThat(figures.path("last_deploy.mine.change.wrong").asInt()).isEqualTo(3);
    assertThat(figures.path("without_metrics.mine.service.ac1").asDouble()).isZero();
    assertThat(figures.path("mine.confidence.right").asDouble()).isEqualTo(1);
    assertThat(figures.path("confidence.failures").asInt()).isEqualTo(2);
    assertThat(figures.path("confidence.error").asDouble())
        .isEqualTo(1 - figures.path("confidence.told").asDouble(), within(1e-9));
    assertThat(figures.path("mine.stable_seconds").asDouble())
        .isEqualTo(15 * figures.path("mine.stable_intervals").asDouble());
    assertThat(figures.path("cost.cpu_seconds_per_incident").asDouble()).isPositive();
    assertThat(figures.path("cost.job_cpu_seconds_per_incident").asDouble()).isPositive();
  }

  @Test
  void aDirectoryWithoutFailuresIsTold() {
    assertThatThrownBy(() -> run(directory.toString()))
        .isInstanceOf(LocalRunException.class)
        .hasMessageContaining("holds no failures of a known layout");
    assertThatThrownBy(() -> run(directory.resolve("nowhere").toString()))
        .hasMessageEndingWith("nowhere is not a directory; give one that holds failures.");
  }
}
