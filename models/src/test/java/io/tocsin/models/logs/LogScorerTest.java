// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.ChangedParameter;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogScorerTest {
  private final Talk talk = new Talk();
  private final Random random = new Random(5);

  private void usual(int second) {
    talk.info("served item " + random.nextInt(10_000) + " in " + random.nextInt(90) + " ms");
    if (second % 7 == 0) {
      talk.info("session " + random.nextInt(10_000) + " begins");
    }
  }

  @Test
  void aNewErrorThatComesInNumbersIsStrong() {
    talk.minutes(40, this::usual);
    long broken = talk.now();
    talk.minutes(
        3,
        second -> {
          usual(second);
          talk.error("cannot reach store " + random.nextInt(100));
        });

    Finding found = talk.strong(talk.novelties, IntervalJudge.NEW).get(0);
    assertThat(found.onset()).isEqualTo(broken);
    assertThat(found.arrival()).isLessThan(broken + 45_000);
    assertThat(found.direction()).isEqualTo(Direction.UP);
    assertThat(Objects.requireNonNull(found.log()).template()).isEqualTo("cannot reach store <*>");
  }

  @Test
  void aFindingShowsALineOfEachOfTheLastIntervalsAndTheTraceOfTheNewest() {
    talk.minutes(40, this::usual);
    talk.minutes(
        3,
        second -> {
          usual(second);
          talk.within("4bf92f-" + second);
          talk.error("cannot reach store " + second);
        });

    LogEvidence last = lastOf(talk.novelties);
    List<Integer> seconds =
        last.samples().stream().map(line -> Integer.valueOf(line.replaceAll("\\D", ""))).toList();
    assertThat(seconds).hasSize(3).isSorted().doesNotHaveDuplicates();
    assertThat(last.trace()).isEqualTo("4bf92f-" + seconds.get(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jane@example.org", "ghp_0123456789abcdefABCD", "a\nb", "4bf9\u001b[31m", ""})
  void whatIsNoTraceIdIsNotShown(String trace) {
    talk.minutes(40, this::usual);
    talk.within(trace);
    talk.minutes(3, second -> talk.error("cannot reach store " + second));
    assertThat(lastOf(talk.novelties).trace()).isEmpty();
  }

  @Test
  void aLineThatIsCutIsMarked() {
    talk.minutes(40, this::usual);
    talk.minutes(3, second -> talk.error("cannot reach store " + "ü".repeat(600)));
    assertThat(lastOf(talk.novelties).samples())
        .isNotEmpty()
        .allMatch(line -> line.matches("cannot reach store ü+ \\.\\.\\."));
  }

  private static LogEvidence lastOf(List<Finding> findings) {
    return Objects.requireNonNull(findings.get(findings.size() - 1).log());
  }

  /** Of 4 lines a second, so many in 10 are errors. */
  private void withErrors(int inTen) {
    for (int i = 0; i < 4; i++) {
      if (random.nextInt(10) < inTen) {
        talk.error("item " + random.nextInt(10_000) + " was not in the store");
      } else {
        talk.info("read item " + random.nextInt(10_000));
      }
    }
  }

  @Test
  void aMixThatChangesIsAFindingOfTheServiceAndNotOfThePatternThatChangedMost() {
    talk.minutes(120, second -> withErrors(4));
    assertThat(talk.deviations).filteredOn(LogScorerTest::isMix).noneMatch(Finding::strong);
    talk.minutes(5, second -> withErrors(0));

    assertThat(talk.deviations)
        .filteredOn(each -> isMix(each) && each.strong())
        .isNotEmpty()
        .allMatch(each -> each.observed() > 0.15)
        .extracting(each -> Objects.requireNonNull(each.log()))
        .allMatch(log -> !log.isError() && log.template().isEmpty() && !log.samples().isEmpty());
  }

  private static boolean isMix(Finding finding) {
    return finding.labels().metric().equals(LogSeries.MIX);
  }

  @Test
  void aPatternIsToldAtOnceAndAgainWheneverItHasDoubled() {
    talk.minutes(30, second -> talk.info("served item " + random.nextInt(10_000)));

    List<Long> told = talk.patterns.stream().map(each -> each.count()).toList();
    assertThat(told).hasSizeBetween(6, 12).isSorted();
    assertThat(told.get(told.size() - 1)).isGreaterThan(900);
  }

  @Test
  void aNewErrorOfOneLineIsWeakEvidenceAndSoonOver() {
    talk.minutes(40, this::usual);
    talk.error("cannot reach store 17");
    talk.minutes(5, this::usual);

    assertThat(talk.novelties).isNotEmpty().noneMatch(Finding::strong);
    assertThat(talk.novelties.get(talk.novelties.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void aNewPatternThatTellsNoErrorIsWeakUnlessItComesInNumbers() {
    talk.minutes(40, this::usual);
    talk.minutes(
        2,
        second -> {
          usual(second);
          if (second % 20 == 0) {
            talk.info("cache was warmed by " + random.nextInt(100));
          }
        });
    assertThat(talk.novelties).isNotEmpty().noneMatch(Finding::strong);
    talk.minutes(
        3,
        second -> {
          usual(second);
          talk.info("fallback price for " + random.nextInt(100) + " is used");
        });
    assertThat(talk.strong(talk.novelties, IntervalJudge.NEW)).isNotEmpty();
  }

  @Test
  void thePatternsOfAServiceThatIsNotKnownYetAreNoNews() {
    talk.minutes(
        9,
        second -> {
          usual(second);
          talk.error("cannot reach store " + random.nextInt(100));
        });

    assertThat(talk.novelties).isEmpty();
  }

  @Test
  void whereNewErrorsAreUsualTheNextIsNoSurprise() {
    talk.minutes(20, this::usual);
    for (int kind = 0; kind < 30; kind++) {
      int each = kind;
      talk.minutes(
          2,
          second -> {
            usual(second);
            if (second < 4) {
              talk.error("step" + " and step".repeat(each) + " failed");
            }
          });
    }
    List<Finding> last = talk.novelties.subList(talk.novelties.size() - 8, talk.novelties.size());
    assertThat(last).noneMatch(Finding::strong);
  }

  @Test
  void aPatternWhoseRateJumpsIsADeviationOfItsOwnSeries() {
    talk.minutes(60, this::usual);
    talk.minutes(
        3,
        second -> {
          usual(second);
          for (int i = 0; i < 8; i++) {
            talk.info("session " + random.nextInt(10_000) + " begins");
          }
        });

    assertThat(talk.deviations)
        .filteredOn(Finding::strong)
        .extracting(each -> Objects.requireNonNull(each.log()).template())
        .contains("session <*> begins");
  }

  @Test
  void aRarePatternThatVanishesIsMissedWhileItsServiceLogs() {
    talk.minutes(
        60,
        second -> {
          usual(second);
          if (second % 40 == 0) {
            talk.info("heartbeat of node " + random.nextInt(9));
          }
        });
    assertThat(talk.strong(talk.novelties, IntervalJudge.VANISHED)).isEmpty();
    talk.minutes(12, this::usual);

    Finding missed = talk.strong(talk.novelties, IntervalJudge.VANISHED).get(0);
    assertThat(missed.direction()).isEqualTo(Direction.DOWN);
    assertThat(Objects.requireNonNull(missed.log()).template()).contains("heartbeat of node");
  }

  @Test
  void aServiceThatFallsSilentMissesNoPattern() {
    talk.minutes(
        60,
        second -> {
          for (int i = 0; i < 6; i++) {
            usual(second);
          }
        });
    talk.minutes(12, second -> {});

    assertThat(talk.strong(talk.novelties, IntervalJudge.VANISHED)).isEmpty();
  }

  @Test
  void aParameterWithFewValuesThatGetsANewOneIsFoundWithBoth() {
    int[] codes = {200, 201, 204};
    talk.minutes(30, second -> talk.info("answered with " + codes[random.nextInt(3)] + " at once"));
    talk.minutes(2, second -> talk.info("answered with 503 at once"));

    Finding found =
        talk.novelties.stream()
            .filter(each -> each.detector().equals(IntervalJudge.PARAMETER))
            .findFirst()
            .orElseThrow();
    ChangedParameter parameter =
        Objects.requireNonNull(Objects.requireNonNull(found.log()).parameter());
    assertThat(parameter.value()).isEqualTo("503");
    assertThat(parameter.usual()).contains("200", "201", "204");
  }

  @Test
  void secretsDoNotAppearInSamples() {
    talk.minutes(20, this::usual);
    talk.minutes(
        2,
        second -> {
          usual(second);
          talk.error("login of ann@example.com failed, token=abcdef0123456789 was refused");
        });

    LogEvidence log = Objects.requireNonNull(talk.novelties.get(0).log());
    assertThat(log.sample()).doesNotContain("ann@", "abcdef0123456789");
    assertThat(talk.patterns)
        .noneMatch(each -> each.sample().contains("ann@") || each.template().contains("ann@"));
  }

  @Test
  void controlCharactersAreShownAsMarks() {
    talk.minutes(20, this::usual);
    talk.minutes(
        3, second -> talk.error("\u001b[31mcannot\u009b reach\u0007 store\r\n\tat " + second));

    LogEvidence log = lastOf(talk.novelties);
    assertThat(log.sample()).startsWith("?[31mcannot?? reach? store \n\tat ");
    assertThat(log.template()).isNotEmpty().doesNotContain("\u001b", "\u009b", "\u0007");
  }

  @Test
  void secretsDoNotAppearAsParameters() throws Exception {
    String[] words = {"sesame", "barley", "poppy"};
    talk.minutes(30, second -> talk.info("login 7 with password=" + words[random.nextInt(3)]));
    talk.minutes(2, second -> talk.info("login 7 with password=mustard"));

    assertThat(talk.novelties)
        .noneMatch(each -> String.valueOf(each.log()).contains("mustard"))
        .noneMatch(each -> String.valueOf(each.log()).contains("sesame"));
    assertThat(new String(talk.restore(), StandardCharsets.ISO_8859_1))
        .doesNotContain("sesame", "barley", "poppy");
  }

  @Test
  void aServiceThatIsForgottenLeavesNothingBehind() {
    talk.minutes(20, this::usual);
    talk.minutes(2, second -> talk.error("cannot reach store " + second));
    assertThat(talk.table.findings.size()).isPositive();

    talk.minutes(25 * 60, second -> {});

    assertThat(talk.table.size()).isZero();
    assertThat(talk.table.findings.size()).isZero();
    assertThat(talk.novelties.get(talk.novelties.size() - 1).phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void whatWasHeldBackForLongIsLearnedAndNotCounted() {
    talk.minutes(1, this::usual);
    talk.lag(Duration.ofMinutes(10).toMillis());
    talk.info("late line 17");
    talk.lag(100);
    talk.minutes(1, this::usual);

    assertThat(talk.fates).containsEntry(LineFate.LATE, 1L);
  }

  @Test
  void oneMillionDistinctLinesKeepTheStateSmall() {
    Talk small = new Talk(LogSettings.DEFAULTS, new PatternSettings(100, 8_192, 512, 64, 50, 20));
    small.minutes(
        5,
        second -> {
          for (int i = 0; i < 200; i++) {
            small.info(Long.toString(random.nextLong(), 36).replace('-', ' ') + " x" + i);
          }
        });
    Set<String> told = new HashSet<>();
    small.patterns.forEach(each -> told.add(each.id()));
    assertThat(small.table.services.firstEntry().getValue().logs).hasSizeLessThanOrEqualTo(100);
    assertThat(told).hasSizeLessThan(4_000);
    assertThat(small.evicted).isPositive();
  }

  @Test
  void linesOfTooManyServicesAreRefusedAndCounted() {
    Talk few =
        new Talk(
            new LogSettings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                2.8,
                20,
                Duration.ofDays(7),
                2,
                Duration.ofHours(1)),
            PatternSettings.DEFAULTS);
    few.minutes(
        1,
        second -> {
          for (String name : List.of("a", "b", "c")) {
            few.say(LogSource.of("shop", name, "", ""), Severity.INFO, "up for " + second);
          }
        });

    assertThat(few.table.size()).isEqualTo(2);
    assertThat(few.fates.get(LineFate.REFUSED)).isGreaterThan(50);
  }

  @Test
  void afterARestartAllGoesOnAsIfNothingHadHappened() throws Exception {
    Talk whole = new Talk();
    Talk halves = new Talk();
    for (Talk each : List.of(whole, halves)) {
      Random same = new Random(3);
      each.minutes(30, second -> each.info("served item " + same.nextInt(1_000)));
      if (each == halves) {
        each.restore();
      }
      each.minutes(
          4,
          second -> {
            each.info("served item " + same.nextInt(1_000));
            each.error("cannot reach store " + same.nextInt(100));
          });
    }

    assertThat(halves.novelties).isNotEmpty().isEqualTo(whole.novelties);
    assertThat(halves.deviations).isEqualTo(whole.deviations);
    assertThat(halves.restore()).isEqualTo(whole.restore());
  }
}
