// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.rules.Glob;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LogExportTest {
  private static final List<Severity> ALL = List.of();
  private static final LogSource CART = LogSource.of("shop", "cart", "cart-0", "");
  private static final LogSource SEARCH = LogSource.of("shop", "search", "search-0", "");

  private static CountedPatterns chosen(List<Severity> severities, int most, String... services) {
    return new CountedPatterns(
        List.of(services).stream().map(Glob::new).toList(), severities, most, List.of());
  }

  /** Two services with three patterns each, of one, two and three lines a second. */
  private static Talk talk(CountedPatterns chosen) {
    Talk talk = new Talk(LogSettings.DEFAULTS, PatternSettings.DEFAULTS, chosen);
    talk.minutes(
        3,
        second -> {
          for (LogSource source : List.of(CART, SEARCH)) {
            talk.say(source, Severity.ERROR, "cannot reach store " + second);
            for (int i = 0; i < 2; i++) {
              talk.say(source, Severity.WARN, "store is slow, took " + second + " ms");
            }
            for (int i = 0; i < 3; i++) {
              talk.say(source, Severity.INFO, "served item " + second);
            }
          }
        });
    return talk;
  }

  private static Set<String> counted(Talk talk) {
    Set<String> counted = new TreeSet<>();
    for (Labels labels : talk.counted.keySet()) {
      counted.add(labels.get("service") + " " + labels.get("level"));
    }
    return counted;
  }

  @Test
  void ofEachServiceTheErrorsAreCountedAndThenTheMostFrequentPatterns() {
    assertThat(counted(talk(chosen(ALL, 1)))).containsExactly("cart error", "search error");
    assertThat(counted(talk(chosen(ALL, 2))))
        .containsExactly("cart error", "cart info", "search error", "search info");
    assertThat(counted(talk(CountedPatterns.DEFAULTS))).hasSize(6);
  }

  @Test
  void onlySomeServicesAndSeveritiesAreCounted() {
    assertThat(counted(talk(chosen(List.of(Severity.WARN), 20, "sea*"))))
        .containsExactly("search warn");
    assertThat(counted(talk(chosen(ALL, 20, "cart"))))
        .hasSize(3)
        .allMatch(each -> each.startsWith("cart "));
  }

  @Test
  void aPatternThatIsNamedIsCountedWhateverElseIsChosen() {
    Talk all = talk(CountedPatterns.DEFAULTS);
    String id =
        all.patterns.stream()
            .filter(each -> each.entity().service().equals("cart") && each.level().equals("warn"))
            .findFirst()
            .orElseThrow()
            .id();
    Talk named = talk(new CountedPatterns(List.of(new Glob("search")), ALL, 1, List.of(id)));

    assertThat(counted(named)).containsExactly("cart warn", "search error");
    assertThat(named.counted.values()).allMatch(lines -> lines > 100);
    assertThat(counted(talk(new CountedPatterns(List.of(), ALL, 0, List.of(id)))))
        .containsExactly("cart warn");
  }

  @Test
  void aPatternThatWasMergedIsCountedAsThatWhichItWasMergedInto() {
    Talk first = mergingTalk(CountedPatterns.DEFAULTS);
    LogPattern merged =
        first.patterns.stream()
            .filter(each -> !each.mergedInto().isEmpty())
            .findFirst()
            .orElseThrow();
    Talk named = mergingTalk(new CountedPatterns(List.of(), ALL, 0, List.of(merged.id())));

    Set<String> patterns = new HashSet<>();
    named.counted.keySet().forEach(labels -> patterns.add(labels.get("pattern")));
    assertThat(patterns).contains(merged.mergedInto());
  }

  /** Words that turn out to be values of one place. */
  private static Talk mergingTalk(CountedPatterns chosen) {
    String[] words = {"alpha", "bravo", "delta", "gamma", "omega", "sigma", "kappa", "theta"};
    Talk talk = new Talk(LogSettings.DEFAULTS, PatternSettings.DEFAULTS, chosen);
    talk.minutes(
        words.length, second -> talk.info("plan " + words[minute(talk)] + " was applied at once"));
    return talk;
  }

  private static int minute(Talk talk) {
    return (int) ((talk.now() - Talk.START) / 60_000);
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertThatThrownBy(() -> new CountedPatterns(List.of(), ALL, 0, List.of("checkout")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ids must be as ./tocsin patterns lists them, 16 hexadecimal digits each, not checkout");
  }
}
