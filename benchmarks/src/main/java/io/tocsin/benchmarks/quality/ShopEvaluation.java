// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.scorers.SettingsText;
import io.tocsin.benchmarks.quality.shop.ShopScenario;
import io.tocsin.benchmarks.quality.shop.ShopVerdict;
import io.tocsin.benchmarks.report.MarkdownTable;
import io.tocsin.jobs.local.ShopTrial;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentCard;
import io.tocsin.models.incidents.IncidentSettings;
import io.tocsin.models.incidents.Language;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has all jobs watch the simulated shop while it is healthy, and while it is broken. */
@CommandLine.Command(
    name = "shop",
    mixinStandardHelpOptions = true,
    description = "Incidents and their causes in the simulated shop, through all jobs.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ShopEvaluation implements Callable<Integer> {
  private static final String DOCUMENT = "benchmarks/README.md";
  private static final long HISTORY_MILLIS = Duration.ofDays(14).toMillis();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses shop and faults; ${DEFAULT-VALUE} unless given.")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many faults; ${DEFAULT-VALUE} unless given.")
  private int faults;

  @Option(
      names = "--healthy-hours",
      paramLabel = "N",
      defaultValue = "6",
      description = "Hours without a fault before the first; ${DEFAULT-VALUE} unless given.")
  private int healthyHours;

  @Option(names = "--cards", description = "Show the last card of each incident.")
  private boolean cards;

  @Mixin private EvaluationOutput output;

  @Override
  public Integer call() throws InterruptedException {
    String settings = SettingsText.hash(SettingsText.of(IncidentSettings.DEFAULTS));
    EvaluationFile file = output.file(command(), settings, List.of());
    ShopScenario scenario = ShopScenario.seeded(seed, faults, Duration.ofHours(healthyHours));
    ShopVerdict verdict = new ShopVerdict(scenario, transitions(scenario));
    Figures figures = new Figures();
    verdict.figures().forEach(figures::put);
    String tables = GoalsTable.of(figures, Goal.ofShop()) + tables(verdict);
    System.out.println(tables);
    output.finish(file, figures, "shop", DOCUMENT, tables);
    return 0;
  }

  private List<Incident> transitions(ShopScenario scenario) throws InterruptedException {
    long history = scenario.from() - HISTORY_MILLIS;
    ProgressBar bar =
        new ProgressBar(System.err, System.console() != null, scenario.until() - history);
    long[] last = {history};
    bar.begin("the shop's two weeks of history, then live");
    List<Incident> transitions =
        ShopTrial.play(
            new ShopTrial.Plan(seed, scenario.from(), scenario.until(), scenario.faults()),
            time -> {
              bar.add(time - last[0]);
              last[0] = time;
            });
    bar.end();
    if (cards) {
      IncidentCard card = new IncidentCard(IncidentCard.Style.PLAIN, Language.ENGLISH);
      transitions.stream()
          .filter(each -> each.transition() != Incident.Transition.RESOLVED)
          .forEach(each -> System.out.println(card.full(each, each.time())));
    }
    return transitions;
  }

  private String command() {
    return "./tocsin evaluate shop"
        + (seed == 1 ? "" : " --seed " + seed)
        + (faults == 20 ? "" : " --faults " + faults)
        + (healthyHours == 6 ? "" : " --healthy-hours " + healthyHours);
  }

  private static String tables(ShopVerdict verdict) {
    MarkdownTable figures = new MarkdownTable(List.of("figure", "measured"));
    for (Map.Entry<String, Double> each : verdict.figures().entrySet()) {
      figures.row(List.of("`" + each.getKey() + "`", Figures.text(each.getValue())));
    }
    StringBuilder text = new StringBuilder(figures.toString());
    verdict.cases().forEach(each -> text.append("- ").append(each).append('\n'));
    verdict
        .others()
        .forEach(each -> text.append("- of no fault: ").append(each.title()).append('\n'));
    return text.toString();
  }
}
