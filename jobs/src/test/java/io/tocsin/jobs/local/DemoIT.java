// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.jobs.deployment.DemoPrometheus;
import io.tocsin.jobs.realinput.Alertmanager;
import io.tocsin.jobs.realinput.DebianProgram;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo; where Prometheus and Alertmanager are installed they take part as in the Compose file,
 * and everything that the dashboards ask must have an answer then.
 */
final class DemoIT {
  private static final List<String> DEMO = List.of("demo", "--once", "--fault-after", "5s");
  private static final Pattern METRICS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  @TempDir Path directory;

  @Test
  void theDemoShowsTheIncidentOfWhatItBreaksAndNoOtherAndTheDashboardsShowIt() throws Exception {
    if (!DebianProgram.PROMETHEUS.isThere() || !DebianProgram.ALERTMANAGER.isThere()) {
      try (CommandProcess demo = new CommandProcess(directory, DEMO.toArray(String[]::new))) {
        assertShowsTheIncident(demo);
      }
      assertThat(DebianProgram.PROMETHEUS.path()).isNotEmpty();
      assertThat(DebianProgram.ALERTMANAGER.path()).isNotEmpty();
    }
    DemoPrometheus prometheus = new DemoPrometheus(directory);
    try (Alertmanager alertmanager =
            new Alertmanager(directory, URI.create("http://127.0.0.1:1/nobody"));
        CommandProcess demo = demo(prometheus, alertmanager);
        prometheus) {
      prometheus.scrape(metrics(demo));
      assertShowsTheIncident(demo);
      prometheus.assertRulesAreWell();
      prometheus.assertEveryQuestionHasAnAnswer();
    }
  }

  private CommandProcess demo(DemoPrometheus prometheus, Alertmanager alertmanager)
      throws Exception {
    List<String> words = new ArrayList<>(DEMO);
    words.addAll(List.of("--remote-write", prometheus.remoteWrite().toString()));
    words.addAll(List.of("--alertmanager", alertmanager.uri().toString()));
    return new CommandProcess(directory, words.toArray(String[]::new));
  }

  /** Where the gateway's and the jobs' metrics are, in this order, as the demo says. */
  private static List<Integer> metrics(CommandProcess demo) {
    return await("addresses")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                METRICS
                    .matcher(demo.said())
                    .results()
                    .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                    .toList(),
            found -> found.size() == 2);
  }

  private static void assertShowsTheIncident(CommandProcess demo) throws Exception {
    int code = demo.exitCode(Duration.ofMinutes(8));

    assertThat(demo.said())
        .contains("False incidents while the shop was healthy: 0")
        .contains("payments is broken since ")
        .contains("RESOLVED")
        .contains("The incident is resolved")
        .doesNotContain("False incidents in the two weeks of history");
    assertThat(code).isZero();
  }
}
