// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.jobs.deployment.AlertRules;
import io.tocsin.jobs.deployment.Checkout;
import io.tocsin.jobs.deployment.Compose;
import io.tocsin.jobs.deployment.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Real scrapes, which stand for one minute each, and what the shipped rules make of them. Names and
 * labels become what the shipped configuration of Prometheus makes of them; the rules are evaluated
 * by promtool.
 */
final class Scrapes {
  /** It shows that rules are evaluated. */
  static final String ALWAYS = "TocsinRulesWatchdog";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern JOB_NAME = Pattern.compile("job_name=\"([^\"]*)\"");
  private static final String MISSING = "_";
  private static final String STALE = "stale";

  private final List<Target> targets;
  private final Set<String> flinkJobs;
  private final Set<String> asked;
  private final Map<String, Renaming> renamings = new TreeMap<>();
  private final Map<String, List<String>> series = new TreeMap<>();
  private final List<Map<String, Object>> expectations = new ArrayList<>();
  private int minutes;

  /**
   * What is scraped.
   *
   * @param job its name in the configuration of Prometheus
   */
  record Target(String job, URI uri) {}

  private record Renaming(Pattern from, String to) {}

  /** What happens in a minute, before it is scraped. */
  @FunctionalInterface
  interface Cause {
    void happen() throws Exception;
  }

  /**
   * Nothing yet.
   *
   * @param flinkJobs those of which metrics are kept; others belong to other tests
   */
  Scrapes(List<Target> targets, String... flinkJobs) throws IOException {
    this.targets = targets;
    this.flinkJobs = Set.of(flinkJobs);
    asked = AlertRules.metrics();
    JsonNode configuration = Checkout.yaml(Compose.config("prometheus")).get(0);
    for (JsonNode job : configuration.path("scrape_configs")) {
      JsonNode renaming = job.at("/metric_relabel_configs/0");
      renamings.put(
          job.path("job_name").asText(),
          new Renaming(
              Pattern.compile(renaming.path("regex").asText("(?!)")),
              renaming.path("replacement").asText()));
    }
  }

  /** Lets minutes go by; each begins with the cause and ends with a scrape. */
  Scrapes minutes(int count, Cause cause) throws Exception {
    for (int i = 0; i < count; i++) {
      cause.happen();
      for (Target target : targets) {
        note("up{" + own(target) + "}", scrape(target) ? "1" : "0");
      }
      series.values().forEach(this::noteAbsence);
      minutes++;
    }
    return this;
  }

  private boolean scrape(Target target) throws InterruptedException {
    Renaming renaming = renamings.get(target.job());
    try {
      for (Exposition.Sample sample : Exposition.samples(target.uri())) {
        Matcher matcher = renaming.from().matcher(sample.name());
        String name = matcher.matches() ? matcher.replaceFirst(renaming.to()) : sample.name();
        if (asked.contains(name) && isWanted(sample.labels())) {
          String labels = sample.labels().isEmpty() ? "" : sample.labels() + ",";
          note(name + "{" + labels + own(target) + "}", number(sample.value()));
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isWanted(String labels) {
    Matcher matcher = JOB_NAME.matcher(labels);
    return !matcher.find() || flinkJobs.contains(matcher.group(1));
  }

  private static String own(Target target) {
    return "job=\"%s\",instance=\"%s\"".formatted(target.job(), target.uri().getAuthority());
  }

  private static String number(double value) {
    return Double.toString(value).replace("Infinity", "Inf");
  }

  /** What a target does not show any more ends at once. */
  private void noteAbsence(List<String> values) {
    if (values.size() == minutes) {
      String last = values.get(minutes - 1);
      values.add(last.equals(STALE) || last.equals(MISSING) ? MISSING : STALE);
    }
  }

  private void note(String name, String value) {
    List<String> values = series.computeIfAbsent(name, any -> new ArrayList<>());
    values.addAll(Collections.nCopies(minutes - values.size(), MISSING));
    values.add(value);
  }

  /** Says that nothing fires now, at the last scrape, but what always does. */
  Scrapes allIsWell() {
    return fire(Set.of());
  }

  /** Says that these alerts fire now, and no other but the one that always does. */
  Scrapes fire(Set<String> alerts) {
    Set<String> all = new TreeSet<>(alerts);
    all.add(ALWAYS);
    expectations.add(
        Map.of(
            "expr",
            "group by (alertname) (ALERTS{alertstate=\"firing\"})",
            "eval_time",
            (minutes - 1) + "m",
            "exp_samples",
            all.stream().map(alert -> Map.of("labels", labels(alert), "value", 1)).toList()));
    return this;
  }

  private static String labels(String alert) {
    return "{alertname=\"%s\"}".formatted(alert);
  }

  /** Fails unless the rules make of the scrapes what was said. */
  void assertRulesSaySo(Path directory) throws Exception {
    List<Map<String, String>> input = new ArrayList<>();
    series.forEach(
        (name, values) -> input.add(Map.of("series", name, "values", String.join(" ", values))));
    Map<String, Object> test =
        Map.of("interval", "1m", "input_series", input, "promql_expr_test", expectations);
    Map<String, Object> tests =
        Map.of(
            "rule_files", List.of(Checkout.file(AlertRules.FILE).toString()),
            "evaluation_interval", "1m",
            "tests", List.of(test));
    Path file = Files.createTempFile(directory, "scrapes", ".yaml");
    // JSON is YAML, too.
    Files.writeString(file, JSON.writeValueAsString(tests));
    Program.run(DebianProgram.PROMTOOL.path(), "test", "rules", file.toString());
  }
}
