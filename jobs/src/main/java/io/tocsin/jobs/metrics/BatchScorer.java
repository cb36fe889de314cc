// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import io.tocsin.connectors.remotewrite.NativeHistogramReader;
import io.tocsin.connectors.remotewrite.RemoteWriteLimits;
import io.tocsin.jobs.health.ModelMetrics;
import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.entities.EntryBuffer;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.series.Judged;
import io.tocsin.models.series.SampleFate;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesPolicies;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.topology.TopologyRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Feeds batches to a {@link SeriesScorer} and hands on what it says; one per subtask. */
final class BatchScorer implements ScoreListener {
  /** Takes what is not a finding. */
  interface Asides extends Announcements.Listener {
    /** A point for the bands in Prometheus. */
    void point(BandPoint point);
  }

  /** Takes nothing. */
  private static final class Nowhere implements Asides {
    @Override
    public void point(BandPoint point) {}

    @Override
    public void topology(TopologyRecord seen) {}

    @Override
    public void fact(ObjectFact fact) {}
  }

  private final Detector detector;
  private final SeriesPolicies policies;
  private final Announcements announcements;
  private final SeriesScorer scorer;
  private final NativeHistogramReader histogramReader =
      new NativeHistogramReader(RemoteWriteLimits.DEFAULTS);
  private final Map<SampleFate, Counter> fates = new EnumMap<>(SampleFate.class);
  private final Map<SampleFate, Counter> historyFates = new EnumMap<>(SampleFate.class);
  private final Counter findings;
  private final ModelMetrics models;
  private final long silentBefore;
  private final boolean bandsGoSomewhere;
  private final EntryBuffer entries = new EntryBuffer();
  private @Nullable Collector<FindingsRecord> out;
  private Asides asides = new Nowhere();

  /** Whether what is learned now is to be told to nobody: it is over. */
  private boolean past;

  private boolean history;

  BatchScorer(MetricsSettings settings, MetricGroup metrics) {
    detector = settings.detector();
    policies = settings.policies();
    announcements = new Announcements(settings.entities(), metrics);
    scorer = new SeriesScorer(settings.series(), settings.episodes(), policies, detector, this);
    bandsGoSomewhere = settings.bands() != null;
    Instant learnUntil = settings.learnUntil();
    silentBefore = learnUntil == null ? Long.MIN_VALUE : learnUntil.toEpochMilli();
    for (SampleFate fate : SampleFate.values()) {
      MetricGroup group = metrics.addGroup("fate", fate.name().toLowerCase(Locale.ROOT));
      fates.put(fate, group.counter("tocsin_samples_total"));
      historyFates.put(fate, group.counter("tocsin_history_samples_total"));
    }
    findings = metrics.counter("tocsin_findings_total");
    models = new ModelMetrics(metrics, detector.name());
  }

  SeriesTable newTable() {
    return SeriesScorer.newTable(detector);
  }

  /** Takes one batch in. */
  void score(ShardBatch batch, SeriesTable table, Collector<FindingsRecord> to, Asides asidesTo) {
    out = to;
    asides = asidesTo;
    scorer.adopt(table);
    history = batch.history();
    past = isPast(batch.arrival());
    scorer.history(history);
    if (batch.extras().length > 0) {
      extras(batch, table);
    }
    byte[] samples = batch.samples();
    for (int at = 0; at < samples.length; at += ShardBatch.SAMPLE_BYTES) {
      scorer.sample(
          table,
          (long) ShardBatch.LONG.get(samples, at + ShardBatch.HASH),
          (int) ShardBatch.INT.get(samples, at + ShardBatch.CHECK),
          (long) ShardBatch.LONG.get(samples, at + ShardBatch.TIME),
          (long) ShardBatch.LONG.get(samples, at + ShardBatch.BITS),
          batch.arrival());
    }
    Map<SampleFate, Counter> counters = history ? historyFates : fates;
    scorer.counts().drainTo((fate, count) -> count(counters, fate, count));
    models.learned(batch.arrival());
  }

  private void count(Map<SampleFate, Counter> counters, SampleFate fate, long count) {
    Objects.requireNonNull(counters.get(fate)).inc(count);
    if (fate == SampleFate.SCORED) {
      models.judged(count);
    } else if (fate == SampleFate.LATE) {
      models.late(count);
    }
  }

  private boolean isPast(long time) {
    return time < silentBefore;
  }

  /** Notes how the series of a shard fit their models, as of the last sweep. */
  void noteDrift(int shard) {
    models.note(shard, scorer.drift());
  }

  /** Forgets what is gone; gives what is to be told of what is watched. */
  Set<Entity> sweep(SeriesTable table, long time, Collector<FindingsRecord> to) {
    out = to;
    scorer.adopt(table);
    past = isPast(time);
    history = false;
    scorer.sweep(table, time);
    return scorer.watched(table, time);
  }

  @Override
  public void finding(Finding finding) {
    if (history) {
      return;
    }
    if (!past) {
      findings.inc();
    }
    // Of what is past too, the budget of its entity has to know; who keeps it tells nobody.
    if (out != null) {
      out.collect(FindingsRecord.of(finding));
    }
  }

  @Override
  public void judged(Judged judged) {
    // What arrives together did not happen together when it is history.
    if (!history) {
      entries.add(judged);
    }
  }

  @Override
  public void moved(Labels labels, ObjectFact.Kind kind, double before, double after, long time) {
    if (!history && !past) {
      String detail = kind == ObjectFact.Kind.RESTARTS ? labels.get("container") : "";
      asides.fact(new ObjectFact(kind, policies.entityOf(labels), detail, before, after, time));
    }
  }

  /** What series said for their entities since this was asked last. */
  byte[] takeEntries() {
    return entries.take();
  }

  @Override
  public boolean wantsScores() {
    return bandsGoSomewhere && !history && !past;
  }

  @Override
  public void scored(Labels labels, long time, double value, Verdict verdict) {
    asides.point(
        new BandPoint(
            labels.toMap(),
            time,
            value,
            detector.name(),
            verdict.score(),
            verdict.expected(),
            verdict.lower(),
            verdict.upper()));
  }

  private void extras(ShardBatch batch, SeriesTable table) {
    byte[] bytes = batch.extras();
    int at = 0;
    while (at < bytes.length) {
      byte entry = bytes[at++];
      at =
          switch (entry) {
            case ShardBatch.SERIES -> series(bytes, at, table, batch.arrival());
            case ShardBatch.FAMILY -> family(bytes, at, table);
            case ShardBatch.HISTOGRAM -> histogram(bytes, at, table, batch.arrival());
            default -> throw new IllegalStateException("a batch holds an entry of kind " + entry);
          };
    }
  }

  private int series(byte[] bytes, int at, SeriesTable table, long arrival) {
    MetricKind kind = MetricKind.ofNumber(bytes[at]);
    long hash = (long) ShardBatch.LONG.get(bytes, at + 1);
    int check = (int) ShardBatch.INT.get(bytes, at + 9);
    int length = (int) ShardBatch.INT.get(bytes, at + 13);
    int from = at + 17;
    byte[] labels = Arrays.copyOfRange(bytes, from, from + length);
    scorer.announce(table, hash, check, kind, labels);
    if (!history && !past) {
      announcements.see(labels, arrival, asides);
    }
    return from + length;
  }

  private int family(byte[] bytes, int at, SeriesTable table) {
    MetricKind kind = MetricKind.ofNumber(bytes[at]);
    int length = (int) ShardBatch.INT.get(bytes, at + 1);
    int from = at + 5;
    scorer.metadata(table, new String(bytes, from, length, StandardCharsets.UTF_8), kind);
    return from + length;
  }

  private int histogram(byte[] bytes, int at, SeriesTable table, long arrival) {
    long hash = (long) ShardBatch.LONG.get(bytes, at);
    int check = (int) ShardBatch.INT.get(bytes, at + 8);
    long time = (long) ShardBatch.LONG.get(bytes, at + 12);
    int length = (int) ShardBatch.INT.get(bytes, at + 20);
    int from = at + 24;
    NativeHistogram histogram = new NativeHistogram();
    if (histogramReader.read(bytes, from, length, histogram) == null) {
      scorer.histogram(table, hash, check, time, histogram, arrival);
    }
    return from + length;
  }
}
