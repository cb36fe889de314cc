// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import static io.tocsin.models.series.SampleFate.CONFLICT;
import static io.tocsin.models.series.SampleFate.DUPLICATE;
import static io.tocsin.models.series.SampleFate.FUTURE;
import static io.tocsin.models.series.SampleFate.LATE;
import static io.tocsin.models.series.SampleFate.NON_FINITE;
import static io.tocsin.models.series.SampleFate.RESET;
import static io.tocsin.models.series.SampleFate.SCORED;
import static io.tocsin.models.series.SampleFate.STALE;
import static io.tocsin.models.series.SampleFate.TRACKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Legal but hostile data: each script plays an artefact into a healthy series. Its samples must
 * have exactly the fates that the script names, nothing strong may come of it, and a real anomaly
 * fifty samples later must be found.
 */
class HostileSeriesTest {
  private static final long STEP = 15_000;

  /** A series that is fed: a gauge around 100, or a counter that gains 100 in a second. */
  static final class Feed {
    final Random random = new Random(42);
    final Shard shard = new Shard();
    final boolean counter;
    Shard.Series series;
    long time = Shard.START;
    double counted;
    double factor = 1;
    long step = STEP;
    double last;
    final Map<SampleFate, Long> expected = new EnumMap<>(SampleFate.class);

    Feed(boolean counter) {
      this.counter = counter;
      series = shard.series(Labels.NAME, counter ? "x_total" : "x", "job", "shop");
    }

    void healthy(int samples) {
      for (int i = 0; i < samples; i++) {
        time += step;
        double rate = factor * (100 + 5 * random.nextGaussian());
        counted += rate * step / 1000;
        last = counter ? counted : rate;
        series.sample(time, last);
        expect(SCORED, 1);
      }
    }

    void expect(SampleFate fate, long count) {
      expected.merge(fate, count, Long::sum);
    }

    /** A sample as it is, which must have this fate. */
    void odd(SampleFate fate, long at, double value) {
      series.sample(at, value);
      expect(fate, 1);
    }

    /** The next sample begins a counter's rate anew. */
    void first() {
      if (counter) {
        expect(TRACKED, 1);
        expect(SCORED, -1);
      }
    }
  }

  record Script(String name, boolean counter, Consumer<Feed> artefact) {
    @Override
    public String toString() {
      return name + (counter ? " in a counter" : " in a gauge");
    }
  }

  static List<Script> scripts() {
    List<Script> scripts = new ArrayList<>();
    for (boolean counter : new boolean[] {false, true}) {
      scripts.add(new Script("nothing", counter, feed -> {}));
      scripts.add(new Script("a stale marker", counter, HostileSeriesTest::stale));
      scripts.add(new Script("NaN and infinities", counter, HostileSeriesTest::nonFinite));
      scripts.add(new Script("duplicates", counter, HostileSeriesTest::duplicates));
      scripts.add(new Script("conflicts", counter, HostileSeriesTest::conflicts));
      scripts.add(new Script("an older sample", counter, HostileSeriesTest::late));
      scripts.add(new Script("a gap of more than an hour", counter, HostileSeriesTest::longGap));
      scripts.add(new Script("a gap of half an hour", counter, feed -> feed.time += 1_800_000));
      scripts.add(new Script("a clock 9 min ahead", counter, HostileSeriesTest::ahead));
      scripts.add(new Script("a clock 11 min ahead", counter, HostileSeriesTest::farAhead));
      scripts.add(new Script("a clock 1 h behind", counter, HostileSeriesTest::behind));
      scripts.add(new Script("a longer interval", counter, HostileSeriesTest::longerInterval));
      scripts.add(new Script("a stale marker twice", counter, HostileSeriesTest::staleTwice));
    }
    scripts.add(new Script("one sample of 1e308", false, feed -> lone(feed, 1e308)));
    scripts.add(new Script("one sample of -1e308", false, feed -> lone(feed, -1e308)));
    scripts.add(new Script("one subnormal sample", false, feed -> lone(feed, 4.9e-324)));
    scripts.add(new Script("one zero", false, feed -> lone(feed, -0.0)));
    scripts.add(new Script("a reset", true, feed -> reset(feed, 0)));
    scripts.add(new Script("two resets in a row", true, HostileSeriesTest::resetTwice));
    scripts.add(new Script("a reset to a low value", true, feed -> reset(feed, 900)));
    scripts.add(new Script("a reset after a stale marker", true, HostileSeriesTest::restart));
    scripts.add(new Script("a reset during a gap", true, HostileSeriesTest::resetInGap));
    scripts.add(new Script("counts beyond 2^53", true, HostileSeriesTest::beyondIntegers));
    scripts.add(new Script("a leap from end to end", true, HostileSeriesTest::leap));
    return scripts;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void anArtefactIsCountedAndNoAnomalyAndARealOneAfterItIsFound(Script script) {
    Feed feed = new Feed(script.counter());
    feed.first();
    feed.healthy(600);
    script.artefact().accept(feed);
    feed.healthy(50);
    assertThat(feed.shard.strong()).isEmpty();

    long broken = feed.time;
    feed.factor = 4;
    feed.healthy(4);
    assertThat(feed.shard.findings)
        .anyMatch(finding -> finding.strong() && finding.onset() > broken);
    assertThat(feed.shard.strong()).hasSize(1);
    assertThat(feed.shard.findings).allSatisfy(HostileSeriesTest::assertFinite);
    feed.expected.values().removeIf(count -> count == 0);
    assertThat(feed.shard.fates()).isEqualTo(feed.expected);
  }

  private static void assertFinite(Finding finding) {
    assertThat(finding.observed()).isFinite();
    assertThat(finding.expected()).isFinite();
    assertThat(finding.lower()).isFinite();
    assertThat(finding.upper()).isFinite();
    assertThat(finding.peak()).isBetween(0.0, 20.0);
  }

  private static void stale(Feed feed) {
    feed.time += STEP;
    feed.series.stale(feed.time);
    feed.expect(STALE, 1);
    feed.first();
  }

  private static void staleTwice(Feed feed) {
    stale(feed);
    feed.series.stale(feed.time);
    feed.expect(DUPLICATE, 1);
    feed.series.stale(feed.time + STEP);
    feed.time += STEP;
    feed.expect(STALE, 1);
  }

  private static void nonFinite(Feed feed) {
    feed.odd(NON_FINITE, feed.time += STEP, Double.NaN);
    feed.odd(NON_FINITE, feed.time, Double.NaN);
    feed.odd(NON_FINITE, feed.time += STEP, Double.POSITIVE_INFINITY);
    feed.odd(NON_FINITE, feed.time += STEP, Double.NEGATIVE_INFINITY);
    feed.series.sample(feed.time += STEP, 0x7ff8000000000001L, feed.time);
    feed.expect(NON_FINITE, 1);
  }

  private static void duplicates(Feed feed) {
    for (int i = 0; i < 10; i++) {
      feed.odd(DUPLICATE, feed.time, feed.last);
      feed.healthy(1);
    }
  }

  private static void conflicts(Feed feed) {
    for (int i = 0; i < 10; i++) {
      feed.odd(CONFLICT, feed.time, feed.last * 1000 + i);
      feed.healthy(1);
    }
  }

  private static void late(Feed feed) {
    for (int by : new int[] {1, 10, 500}) {
      feed.odd(LATE, feed.time - by * STEP, 1e9);
      feed.odd(LATE, feed.time - 1, 0);
      feed.healthy(1);
    }
    feed.series.stale(feed.time - 1);
    feed.expect(LATE, 1);
  }

  private static void longGap(Feed feed) {
    feed.time += 3_600_001;
    feed.first();
  }

  private static void ahead(Feed feed) {
    long arrival = feed.time;
    feed.time += 540_007;
    feed.counted += 540 * 100;
    double ahead = feed.counter ? feed.counted : 100;
    feed.series.sample(feed.time, Double.doubleToRawLongBits(ahead), arrival);
    feed.expect(SCORED, 1);
    for (long time = arrival + STEP; time < feed.time; time += STEP) {
      feed.odd(LATE, time, 1e6);
    }
  }

  private static void farAhead(Feed feed) {
    for (int i = 0; i < 5; i++) {
      long time = feed.time + 660_000;
      feed.series.sample(time, Double.doubleToRawLongBits(1e9), feed.time);
      feed.series.sample(Long.MAX_VALUE, Double.doubleToRawLongBits(1e9), feed.time);
      feed.series.stale(feed.time - STEP / 2);
      feed.expect(FUTURE, 2);
      feed.expect(LATE, 1);
      feed.healthy(1);
    }
  }

  private static void behind(Feed feed) {
    for (int i = 0; i < 20; i++) {
      feed.odd(LATE, feed.time - 3_600_000 + i * STEP, 0);
    }
  }

  private static void longerInterval(Feed feed) {
    feed.step = 60_000;
    feed.healthy(200);
  }

  private static void lone(Feed feed, double value) {
    feed.odd(SCORED, feed.time += STEP, value);
  }

  private static void reset(Feed feed, double to) {
    feed.counted = to;
    feed.expect(RESET, 1);
    feed.first();
  }

  private static void resetTwice(Feed feed) {
    reset(feed, 0);
    feed.healthy(1);
    reset(feed, -300);
  }

  private static void restart(Feed feed) {
    stale(feed);
    feed.counted = 0;
  }

  private static void resetInGap(Feed feed) {
    longGap(feed);
    feed.counted = 0;
  }

  private static void beyondIntegers(Feed feed) {
    stale(feed);
    feed.counted = 0x1p53 + 6;
    feed.healthy(300);
  }

  private static void leap(Feed feed) {
    stale(feed);
    feed.odd(TRACKED, feed.time += STEP, -1e308);
    feed.expect(TRACKED, -1);
    feed.expect(SCORED, 1);
    feed.odd(SCORED, feed.time += STEP, 1e308);
    feed.expect(RESET, 1);
    feed.first();
  }
}
