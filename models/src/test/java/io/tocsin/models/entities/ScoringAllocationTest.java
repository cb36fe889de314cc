// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.rules.Rules;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.RulePolicies;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scoring leaves no garbage behind: bytes are counted, which is the same on any machine. */
final class ScoringAllocationTest implements ScoreListener {
  private static final long START = 1_760_000_400_000L;
  private static final long STEP = 60_000;
  private static final int SERVICES = 10;
  private static final int PODS = 4;
  private static final int METRICS = 25;

  /** Long enough for profiles, and for all labels of an hour. */
  private static final int WARM_UP = 200;

  private static final int MEASURED = 60;

  private final Detector detector = new BandDetector(BandSettings.DEFAULTS);
  private final RulePolicies policies =
      new RulePolicies(new RuleSet(Rules.of(List.of())), new EntityRules(EntityLabels.DEFAULTS));
  private final SeriesScorer scorer =
      new SeriesScorer(SeriesSettings.DEFAULTS, EpisodeSettings.DEFAULTS, policies, detector, this);
  private final EntityScorer entities =
      new EntityScorer(
          EntitySettings.DEFAULTS,
          EpisodeSettings.DEFAULTS,
          BandSettings.DEFAULTS.scorePerDigit(),
          policies::entityOf,
          this::finding);
  private final SeriesTable table = SeriesScorer.newTable(detector);
  private final EntityTable entityTable = new EntityTable();
  private final EntryBuffer entries = new EntryBuffer();
  private final SplittableRandom random = new SplittableRandom(7);
  private final long[] hashes = new long[SERVICES * PODS * METRICS];
  private final int[] checks = new int[hashes.length];
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long ofSamples;
  private long ofTicks;
  private int said;

  @Override
  public void finding(Finding finding) {
    said++;
  }

  @Override
  public void scored(Labels labels, long time, double value, Verdict verdict) {}

  @Override
  public void judged(Judged judged) {
    entries.add(judged);
  }

  private void announce() {
    for (int i = 0; i < hashes.length; i++) {
      int service = i / (PODS * METRICS);
      String pod =
          "service-%d-7d9f8b6c54-x7k2%c".formatted(service, "bcdf".charAt(i / METRICS % PODS));
      Labels labels =
          Labels.of(
              Labels.NAME,
              "metric_" + i % METRICS,
              "namespace",
              "shop",
              "service",
              "service-" + service,
              "pod",
              pod);
      hashes[i] = SeriesHash.of(labels);
      checks[i] = SeriesHash.checkOf(labels);
      scorer.announce(table, hashes[i], checks[i], MetricKind.GAUGE, LabelBytes.write(labels));
    }
  }

  private void scrapes(int from, int to) {
    for (int scrape = from; scrape < to; scrape++) {
      long time = START + scrape * STEP;
      long began = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < hashes.length; i++) {
        long bits = Double.doubleToRawLongBits(100 + i + random.nextDouble());
        scorer.sample(table, hashes[i], checks[i], time, bits, time);
      }
      long scored = threads.getCurrentThreadAllocatedBytes();
      boolean taken = entities.take(entityTable, Judged.tick(time), entries);
      entities.close(entityTable, Judged.tick(time));
      ofTicks += threads.getCurrentThreadAllocatedBytes() - scored;
      ofSamples += scored - began;
      assertThat(taken).isTrue();
    }
  }

  @Test
  void aSampleThatIsUsualCostsNoMemory() {
    announce();
    scrapes(0, WARM_UP);
    assertThat(entityTable.size()).isEqualTo(SERVICES * (1 + PODS));
    int before = said;

    ofSamples = 0;
    ofTicks = 0;
    scrapes(WARM_UP, WARM_UP + MEASURED);

    assertThat(said).isEqualTo(before);
    assertThat((double) ofSamples / (MEASURED * hashes.length)).isLessThan(0.1);
    assertThat((double) ofTicks / (MEASURED * SERVICES)).isLessThan(150);
  }
}
