// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rules.RuleSet;
import io.tocsin.models.rules.Rules;
import io.tocsin.models.telemetry.EntityLabels;
import io.tocsin.models.telemetry.EntityRules;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.telemetry.StaleMarker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A shard under test: its table, its scorer, what that has said and what became of samples. */
public final class Shard implements ScoreListener {
  static final long START = 1_700_000_100_000L;

  /** All that was found, in the order in which it was told. */
  public final List<Finding> findings = new ArrayList<>();

  /** Scores what is in {@link #table}. */
  public final SeriesScorer scorer;

  /** What has been learned. */
  public SeriesTable table;

  private final Detector detector = new BandDetector(BandSettings.DEFAULTS);
  private final Map<SampleFate, Long> fates = new EnumMap<>(SampleFate.class);

  public Shard() {
    this(SeriesSettings.DEFAULTS, Rules.of(List.of()));
  }

  public Shard(SeriesSettings settings, Rules rules) {
    RulePolicies policies =
        new RulePolicies(new RuleSet(rules), new EntityRules(EntityLabels.DEFAULTS));
    scorer = new SeriesScorer(settings, EpisodeSettings.DEFAULTS, policies, detector, this);
    table = SeriesScorer.newTable(detector);
  }

  /** A series of this shard, announced. */
  public final class Series {
    public final Labels labels;
    public final long hash;
    final int check;

    public Series(Labels labels) {
      this.labels = labels;
      hash = SeriesHash.of(labels);
      check = SeriesHash.checkOf(labels);
    }

    public Series announce(MetricKind declared) {
      scorer.announce(table, hash, check, declared, LabelBytes.write(labels));
      return this;
    }

    public void sample(long time, double value) {
      sample(time, Double.doubleToRawLongBits(value), time);
    }

    public void sample(long time, long bits, long arrival) {
      scorer.sample(table, hash, check, time, bits, arrival);
    }

    public void stale(long time) {
      sample(time, StaleMarker.BITS, time);
    }
  }

  public Series series(String... labels) {
    return new Series(Labels.of(labels)).announce(MetricKind.UNKNOWN);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void scored(Labels labels, long time, double value, Verdict verdict) {}

  /** All findings that were strong, one entry each, by id. */
  List<String> strong() {
    return findings.stream().filter(Finding::strong).map(Finding::id).distinct().toList();
  }

  Map<SampleFate, Long> fates() {
    scorer.counts().drainTo((fate, count) -> fates.merge(fate, count, Long::sum));
    return fates;
  }

  long fate(SampleFate fate) {
    return fates().getOrDefault(fate, 0L);
  }

  public byte[] bytes() {
    return bytes(table);
  }

  static byte[] bytes(SeriesTable table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      table.writeTo(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  SeriesTable read(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    SeriesTable read = SeriesTable.readFrom(new DataInputStream(in));
    if (in.available() > 0) {
      throw new IOException(in.available() + " bytes are left");
    }
    return read;
  }

  /** As after a restart: what is not in the bytes is gone. */
  public void restore() throws IOException {
    table = read(bytes());
    scorer.adopt(table);
  }
}
