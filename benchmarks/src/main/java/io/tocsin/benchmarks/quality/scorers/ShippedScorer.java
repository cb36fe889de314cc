// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.jobs.metrics.MetricsSettings;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.entities.EntityScorer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.Phase;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.RulePolicies;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesPolicies;
import io.tocsin.models.series.SeriesPolicy;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has gauges scored as the metrics job does. A row's score is what is told anew at it: that of a
 * finding when it is confirmed or has become clearly worse, which is where a user hears of it;
 * before, and while a finding lasts, how near it comes to what would count, below the boundary. An
 * alarm is under way while a strong finding does.
 */
public final class ShippedScorer implements Scorer, ScoreListener {
  /** The most that an unconfirmed score is, as for findings. */
  private static final double UNCONFIRMED_MOST = 0.99;

  /** The most that a row's score is while a finding lasts and is no worse than before. */
  private static final double KNOWN_MOST = 0.5;

  /** By this factor a finding must be worse to be news. */
  private static final double WORSE = 1.5;

  private final OverheardDetector detector;
  private final SeriesScorer scorer;
  private SeriesTable table;
  private final List<Labels> labels;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final long[] hashes;
  private final int[] checks;
  private final boolean[] alarmed;
  private final double[] told;
  private final Entities entities;
  private long arrival;
  private long swept = Long.MIN_VALUE;

  /** What the sample at hand has told; 0 for nothing new. */
  private double news;

  private BiConsumer<Integer, Finding> listener = (series, finding) -> {};

  /** Findings that arrived together and are not judged yet; null when each is judged at once. */
  private @Nullable List<Finding> together;

  /** Begins with series of one subject, all of them different. */
  ShippedScorer(MetricsSettings settings, List<Labels> series) {
    detector = new OverheardDetector(new BandDetector(settings.band()));
    SeriesPolicies policies =
        new OneSubject(
            new RulePolicies(
                new RuleSet(settings.metrics().ordered()), new EntityRules(settings.entities())));
    scorer = new SeriesScorer(settings.series(), settings.episodes(), policies, detector, this);
    table = SeriesScorer.newTable(detector);
    labels = List.copyOf(series);
    hashes = new long[series.size()];
    checks = new int[series.size()];
    alarmed = new boolean[series.size()];
    told = new double[series.size()];
    entities = new Entities(settings, policies::entityOf);
    for (int i = 0; i < series.size(); i++) {
      numbers.put(series.get(i), i);
      announce(i);
    }
  }

  /** All series of a subject are about one thing, which their labels do not tell. */
  private record OneSubject(SeriesPolicies policies) implements SeriesPolicies {
    private static final Entity SUBJECT = new Entity("", "", "", "subject", "", "");

    @Override
    public SeriesPolicy of(Labels labels, MetricKind declared) {
      return policies.of(labels, declared);
    }

    @Override
    public Entity entityOf(Labels labels) {
      return SUBJECT;
    }
  }

  private void announce(int series) {
    Labels its = labels.get(series);
    hashes[series] = SeriesHash.of(its);
    checks[series] = SeriesHash.checkOf(its);
    scorer.announce(table, hashes[series], checks[series], MetricKind.GAUGE, LabelBytes.write(its));
  }

  @Override
  public double score(int series, long time, double value) {
    arrival = time;
    entities.begin(time);
    sweep(time);
    detector.forget();
    news = 0;
    scorer.sample(
        table, hashes[series], checks[series], time, Double.doubleToRawLongBits(value), time);
    if (news > 0) {
      return news;
    }
    if (detector.score() == 0) {
      return 0;
    }
    double near = detector.score() / entities.bar(OneSubject.SUBJECT, time);
    return Math.min(near, alarmed[series] ? KNOWN_MOST : UNCONFIRMED_MOST);
  }

  @Override
  public boolean alarmed(int series) {
    return alarmed[series];
  }

  @Override
  public double scoreTogether(long time) {
    return entities.score(time);
  }

  @Override
  public boolean alarmedTogether() {
    return entities.alarmed();
  }

  @Override
  public void judged(Judged judged) {
    entities.add(judged, arrival);
  }

  /**
   * Tells every finding about a series from now on, weak ones too, with the series' number. They
   * are judged, and whether series are alarmed is known, after {@link #settle}.
   */
  public void tell(BiConsumer<Integer, Finding> to) {
    listener = to;
    together = new ArrayList<>();
  }

  /** Says that all samples of a moment were scored: what was found is judged as the job does. */
  public void settle() {
    if (together != null) {
      Map<Finding, Finding> judged = new HashMap<>();
      EntityScorer.strongestFirst(together).forEach(each -> judged.put(each, entities.judge(each)));
      together.forEach(each -> notice(Objects.requireNonNull(judged.get(each))));
      together.clear();
    }
  }

  /** What has been learned, as a checkpoint holds it. */
  public byte[] snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      table.writeTo(out);
      entities.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Goes on from a snapshot. */
  void restore(byte[] snapshot) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
      table = SeriesTable.readFrom(in);
      entities.readFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the job's timer does at the end of each span of arrival time. */
  private void sweep(long time) {
    long sweep = Math.floorDiv(time, SeriesScorer.SWEEP_MILLIS) * SeriesScorer.SWEEP_MILLIS;
    if (sweep > swept) {
      scorer.sweep(table, sweep);
      swept = sweep;
      announceForgotten();
    }
  }

  /** As the job does in time for the next sample. */
  private void announceForgotten() {
    for (int i = 0; i < hashes.length; i++) {
      if (!scorer.knows(table, hashes[i])) {
        announce(i);
      }
    }
  }

  @Override
  public void finding(Finding found) {
    if (together == null) {
      notice(entities.judge(found));
    } else {
      together.add(found);
    }
  }

  private void notice(Finding finding) {
    int series = Objects.requireNonNull(numbers.get(finding.labels()));
    listener.accept(series, finding);
    if (finding.phase() == Phase.ENDED) {
      alarmed[series] = false;
    } else if (finding.score() >= 1
        && (!alarmed[series] || finding.score() >= WORSE * told[series])) {
      alarmed[series] = true;
      told[series] = finding.score();
      news = finding.score();
    }
  }

  @Override
  public void scored(Labels labels, long time, double value, Verdict verdict) {}
}
