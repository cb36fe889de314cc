// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.Role;
import io.tocsin.models.series.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EntityScorerTest {
  private static final int DAY_TICKS = 1440;
  private static final double WEAK = 0.6;

  private final Watched watched = new Watched();
  private final Random random = new Random(3);

  /** A service whose series are within their bands, but for the first ones. */
  private void service(String service, int series, int deviating) {
    for (int i = 0; i < series; i++) {
      double deviation = 0.15 * random.nextGaussian();
      boolean off = i < deviating;
      watched.say(service, "", "metric_" + i, off ? WEAK : deviation, off ? WEAK : 0.1);
    }
  }

  private void ticks(int count, int series, int deviating) {
    for (int i = 0; i < count; i++) {
      service("checkout", series, deviating);
      watched.tick();
    }
  }

  @Test
  void theFirstTickMayHoldAnyNumberOfSeries() {
    for (int series = 1; series <= 70; series++) {
      Watched fresh = new Watched();
      for (int i = 0; i < series; i++) {
        fresh.say("checkout", "", "metric_" + i, 0, 0);
      }
      fresh.tick();
      assertThat(fresh.entities()).isEqualTo(1);
    }
  }

  @Test
  void twentyWeakDeviationsOfOneServicesFortySeriesAreOneFinding() {
    ticks(60, 40, 0);
    long onset = watched.time() + Judged.TICK_MILLIS;
    ticks(5, 40, 20);

    List<Finding> shares =
        watched.strong().stream().filter(each -> each.detector().equals("share")).toList();
    assertThat(shares)
        .extracting(Finding::id)
        .hasSize(shares.size())
        .containsOnly(shares.get(0).id());
    Finding finding = shares.get(0);
    assertThat(finding.entity().service()).isEqualTo("checkout");
    assertThat(finding.onset()).isEqualTo(onset);
    assertThat(finding.observed()).isEqualTo(0.5);
    assertThat(finding.expected()).isLessThan(0.02);
    assertThat(finding.upper()).isBetween(0.05, 0.45);
    assertThat(finding.contributions()).hasSize(5);
    assertThat(finding.role()).isEqualTo(Role.EVIDENCE);
  }

  @Test
  void theSameTwentyOverTwentyThousandSeriesAreNone() {
    for (int tick = 0; tick < 35; tick++) {
      for (int service = 0; service < 1000; service++) {
        boolean off = tick >= 30 && service % 50 == 0;
        service("service-" + service, 20, off ? 1 : 0);
      }
      watched.tick();
    }
    assertThat(watched.entities()).isEqualTo(1000);
    assertThat(watched.findings).isEmpty();
  }

  @Test
  void whatIsAlwaysNoisyMustShowMore() {
    for (int tick = 0; tick < 600; tick++) {
      service("checkout", 40, tick % 5 == 0 ? 20 : 1);
      watched.tick();
    }
    watched.findings.clear();
    ticks(5, 40, 20);
    assertThat(watched.strong()).noneMatch(each -> each.detector().equals("share"));
  }

  @Test
  void theSameShareAnHourLaterWasSeenBefore() {
    ticks(60, 40, 0);
    ticks(5, 40, 20);
    ticks(60, 40, 0);
    ticks(5, 40, 20);

    List<Finding> shares =
        watched.strong().stream().filter(each -> each.detector().equals("share")).toList();
    assertThat(shares.get(0).seen()).isZero();
    assertThat(shares.get(shares.size() - 1).id()).isNotEqualTo(shares.get(0).id());
    assertThat(shares.get(shares.size() - 1).seen()).isEqualTo(1);
  }

  @Test
  void aSymptomBeyondItsBoundaryMakesTheFindingASymptom() {
    ticks(60, 40, 0);
    for (int tick = 0; tick < 3; tick++) {
      service("checkout", 40, 20);
      watched.say("checkout", "", "http_errors", Role.SYMPTOM, 1.1, 1.1);
      watched.tick();
    }
    assertThat(watched.strong())
        .anySatisfy(
            finding -> {
              assertThat(finding.detector()).isEqualTo("share");
              assertThat(finding.role()).isEqualTo(Role.SYMPTOM);
              assertThat(finding.contributions().get(0).labels().metric()).isEqualTo("http_errors");
            });
  }

  @Test
  void ofTenCopiesTheOneThatIsBrokenIsNamed() {
    for (int tick = 0; tick < 65; tick++) {
      for (int pod = 0; pod < 10; pod++) {
        for (int i = 0; i < 10; i++) {
          boolean off = tick >= 60 && pod == 7 && i < 7;
          watched.say("cart", "cart-" + pod, "metric_" + i, off ? WEAK : 0, off ? WEAK : 0.1);
        }
      }
      watched.tick();
    }
    assertThat(watched.strong())
        .extracting(finding -> finding.entity().instance())
        .contains("cart-7")
        .doesNotContain("cart-1", "cart-2");
  }

  @Test
  void aBrokenRelationIsFoundThoughEachMetricIsWithinItsBand() {
    for (int tick = 0; tick < 2 * DAY_TICKS; tick++) {
      traffic(tick, 0);
    }
    watched.findings.clear();
    for (int tick = 0; tick < 5; tick++) {
      traffic(0, 0.9);
    }

    Finding finding = watched.strong().get(0);
    assertThat(finding.detector()).isEqualTo("relation");
    assertThat(finding.role()).isEqualTo(Role.EVIDENCE);
    assertThat(finding.direction()).isEqualTo(Direction.UP);
    assertThat(finding.observed()).isBetween(0.5, 1.0);
    assertThat(finding.expected()).isBetween(-0.3, 0.3);
    Contribution first = finding.contributions().get(0);
    assertThat(first.labels().metric()).isEqualTo("cpu");
    assertThat(first.part()).isGreaterThan(0.8);
  }

  @Test
  void aBrokenRelationIsNoSymptomThoughSomethingThatIsFeltHasPartInIt() {
    for (int tick = 0; tick < 2 * DAY_TICKS; tick++) {
      traffic(tick, 0);
    }
    watched.findings.clear();
    for (int tick = 0; tick < 5; tick++) {
      traffic(0, 1.5);
    }
    assertThat(watched.strong())
        .filteredOn(finding -> finding.detector().equals("relation"))
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.contributions())
                  .anyMatch(each -> each.role() == Role.SYMPTOM && each.score() > 1);
              assertThat(finding.role()).isEqualTo(Role.EVIDENCE);
            });
  }

  /**
   * CPU and two more follow the traffic, which has a rhythm of the day; CPU may have more to do.
   */
  private void traffic(int tick, double more) {
    double rhythm = 0.5 * Math.sin(2 * Math.PI * tick / DAY_TICKS);
    double load = rhythm + 0.1 * random.nextGaussian();
    watched.say("cart", "", "requests", load, 0.1);
    double cpu = load + more + 0.03 * random.nextGaussian();
    watched.say("cart", "", "cpu", Role.SYMPTOM, cpu, 0.1);
    watched.say("cart", "", "threads", load + 0.05 * random.nextGaussian(), 0.1);
    watched.say("cart", "", "bytes_sent", load + 0.05 * random.nextGaussian(), 0.1);
    watched.tick();
  }

  @Test
  void aRhythmThatAllMetricsShareIsSilentForWeeks() {
    for (int tick = 0; tick < 15 * DAY_TICKS; tick++) {
      double rhythm = 0.4 * Math.sin(2 * Math.PI * tick / DAY_TICKS);
      for (int service = 0; service < 2; service++) {
        for (int i = 0; i < 12; i++) {
          double deviation = rhythm + 0.15 * random.nextGaussian();
          double score = 0.7 * Math.abs(deviation);
          watched.say("service-" + service, "", "metric_" + i, deviation, score);
        }
      }
      watched.tick();
    }
    assertThat(watched.strong()).isEmpty();
  }

  @Test
  void aFindingEndsWhenTheShareIsUsualAgainAndWhenTheEntityIsSilent() {
    ticks(60, 40, 0);
    ticks(5, 40, 20);
    ticks(5, 40, 0);
    assertThat(phases("share")).endsWith(Phase.ENDED);
    ticks(20, 40, 0);
    ticks(5, 40, 20);
    assertThat(phases("share").get(phases("share").size() - 1)).isEqualTo(Phase.CONTINUES);
    for (int tick = 0; tick < 10; tick++) {
      watched.tick();
    }
    assertThat(phases("share")).endsWith(Phase.ENDED);
  }

  private List<Phase> phases(String detector) {
    return watched.findings.stream()
        .filter(each -> each.detector().equals(detector))
        .map(Finding::phase)
        .toList();
  }

  @Test
  void anEntityThatComesAndGoesLeavesNoState() {
    ticks(10, 40, 20);
    assertThat(watched.isEmpty()).isFalse();
    for (int tick = 0; tick < 26 * 60; tick++) {
      watched.tick();
    }
    assertThat(watched.isEmpty()).isTrue();
  }

  @Test
  void neitherOrderNorRestoreNorCopyChangesAnything() throws Exception {
    List<Finding> usual = story(1, 0);
    assertThat(usual).isNotEmpty();
    assertThat(story(2, 0)).isEqualTo(usual);
    assertThat(story(1, 7)).isEqualTo(usual);
  }

  @Test
  void aSnapshotIsTheSameAfterARestore() throws Exception {
    ticks(60, 40, 20);
    byte[] before = watched.snapshot();
    watched.restore();
    assertThat(watched.snapshot()).isEqualTo(before);
  }

  private static List<Finding> story(long order, int restoreEvery) throws Exception {
    Watched watched = new Watched();
    Random random = new Random(11);
    Random shuffle = new Random(order);
    for (int tick = 0; tick < 400; tick++) {
      boolean broken = tick > 300 && tick < 320;
      for (int service = 0; service < 5; service++) {
        for (int i = 0; i < 30; i++) {
          double deviation = 0.2 * random.nextGaussian() + (broken && service == 2 ? 0.8 : 0);
          String pod = "pod-" + i % 3;
          watched.say("s-" + service, pod, "metric_" + i / 3, deviation, Math.abs(deviation));
        }
      }
      watched.tick(shuffle);
      if (restoreEvery > 0 && tick % restoreEvery == 0) {
        watched.restore();
        watched.copy();
      }
    }
    return new ArrayList<>(watched.findings);
  }
}
