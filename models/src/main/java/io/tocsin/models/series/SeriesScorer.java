// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.rows.Row;
import io.tocsin.models.series.SampleCounts.Fate;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples in: tells apart what is late, doubled, conflicting or stale, makes rates of
 * counters and quantiles of histograms, and has what remains scored. Holds settings and cursors;
 * what it learns lies in the {@link SeriesTable} that each call names.
 *
 * <p>A sample is judged by its own series and its own time alone, so the same input gives the same
 * findings in whatever order series are interleaved. Not safe for several threads.
 */
public final class SeriesScorer {
  /** The mark that a series has ended: a NaN with this payload. */
  public static final long STALE_BITS = 0x7ff0000000000002L;

  /** The quantile that a histogram is reduced to; the presets speak of it by its name. */
  static final double QUANTILE = 0.95;

  private final SeriesSettings settings;
  private final SeriesPolicies policies;
  private final ValueScorer values;
  private final SampleCounts counts = new SampleCounts();
  private final Row base = new Row();

  /** A scorer that tells its listener what it finds. */
  public SeriesScorer(
      SeriesSettings settings,
      EpisodeSettings episodes,
      SeriesPolicies policies,
      Detector detector,
      ScoreListener listener) {
    this.settings = settings;
    this.policies = policies;
    this.values = new ValueScorer(settings, new Episode(episodes), detector, listener);
  }

  /** An empty table with rows as long as the detector needs them. */
  public static SeriesTable newTable(Detector detector) {
    return new SeriesTable(scoredBytes(detector), detector.profileBytes());
  }

  /** Length of the row of a scored series. */
  public static int scoredBytes(Detector detector) {
    return ValueScorer.rowBytes(detector);
  }

  /** What became of the samples so far. */
  public SampleCounts counts() {
    return counts;
  }

  /** Whether a series needs to be announced before its samples can be taken in. */
  public boolean knows(SeriesTable table, long hash) {
    return table.index.get(hash) != LongIndex.NONE;
  }

  /**
   * Tells the labels of a series; nothing happens when they are known.
   *
   * @param declared its kind as far as its sender says, else UNKNOWN
   * @param labels as {@link LabelBytes}; kept, so not to be changed any more
   */
  public void announce(
      SeriesTable table, long hash, int check, MetricKind declared, byte[] labels) {
    int row = table.index.get(hash);
    if (row != LongIndex.NONE) {
      table.base.read(row, base);
      if (declared != MetricKind.UNKNOWN
          && declared.number() != base.getByte(SeriesTable.DECLARED_KIND)
          && check == base.getInt(SeriesTable.CHECK)) {
        base.setByte(SeriesTable.DECLARED_KIND, (byte) declared.number());
        table.policies[row] = null;
      }
      return;
    }
    if (table.size() < settings.maxSeriesPerShard()) {
      table.add(hash, check, declared, labels);
    }
  }

  /** Tells the kind of a metric family; its known series are looked at again when it is news. */
  public void metadata(SeriesTable table, String family, MetricKind kind) {
    long key = SeriesHash.ofText(family);
    if (table.kinds.get(key) != kind.number()) {
      table.kinds.put(key, kind.number());
      Arrays.fill(table.policies, null);
    }
  }

  /**
   * Takes in one sample.
   *
   * @param time event time, ms since the epoch
   * @param bits the value's raw 64 bits
   * @param arrival when it was received, ms since the epoch
   */
  public void sample(SeriesTable table, long hash, int check, long time, long bits, long arrival) {
    int row = admit(table, hash, check, time, bits, arrival);
    if (row == LongIndex.NONE) {
      return;
    }
    long previousTime = base.getLong(SeriesTable.LAST_TIME);
    double previous = Double.longBitsToDouble(base.getLong(SeriesTable.LAST_BITS));
    boolean first =
        (base.getByte(SeriesTable.FLAGS) & SeriesTable.SEEN) == 0
            || time - previousTime > settings.gap().toMillis();
    remember(time, bits);
    double value = Double.longBitsToDouble(bits);
    switch (treatment(table, row)) {
      case GAUGE -> score(table, row, time, value);
      case COUNTER -> {
        if (first) {
          counts.add(Fate.TRACKED);
        } else {
          score(table, row, time, increase(previous, value) * 1000 / (time - previousTime));
        }
      }
      case BUCKET -> bucket(table, time, first ? 0 : increase(previous, value));
      default -> counts.add(Fate.TRACKED);
    }
  }

  /**
   * Takes in one native histogram.
   *
   * @param histogram kept, so not to be changed any more
   */
  public void histogram(
      SeriesTable table, long hash, int check, long time, NativeHistogram histogram, long arrival) {
    long bits = histogram.stale() ? STALE_BITS : Double.doubleToRawLongBits(histogram.count());
    int row = admit(table, hash, check, time, bits, arrival);
    if (row == LongIndex.NONE) {
      return;
    }
    remember(time, bits);
    if (base.getByte(SeriesTable.DECLARED_KIND) == MetricKind.UNKNOWN.number()) {
      base.setByte(SeriesTable.DECLARED_KIND, (byte) MetricKind.HISTOGRAM.number());
      table.policies[row] = null;
    }
    if (treatment(table, row) != Treatment.HISTOGRAM) {
      counts.add(Fate.TRACKED);
      return;
    }
    NativeSeries series = nativeSeries(table, row);
    double quantile = series.take(time, histogram, settings);
    counts.add(Fate.SCORED);
    if (!Double.isNaN(quantile)) {
      values.score(subject(table, series.derived), time, quantile);
    }
  }

  /** Ends and forgets what has been silent for too long. To be called now and then. */
  public void sweep(SeriesTable table, long watermark) {
    for (int row = 0; row < table.base.top(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        long silent = watermark - base.getLong(SeriesTable.LAST_TIME);
        if (silent > settings.expiry().toMillis()) {
          forget(table, row);
        } else if (silent > settings.silence().toMillis() && isScored()) {
          endIfSilent(subject(table, row), base.getLong(SeriesTable.LAST_TIME), watermark);
        }
      }
    }
    for (ClassicHistogram histogram : table.histograms) {
      if (histogram != null) {
        endIfSilent(subject(table, histogram.derived), histogram.takenAt(), watermark);
      }
    }
    for (NativeSeries series : table.nativeSeries.values()) {
      endIfSilent(subject(table, series.derived), series.lastTime(), watermark);
    }
  }

  private void endIfSilent(ValueScorer.Subject subject, long last, long watermark) {
    if (watermark - last > values.silence(subject)) {
      values.endSilent(subject, last);
    }
  }

  /** What the series heard of since a time are about, without their running copies. */
  public Set<Entity> watched(SeriesTable table, long since) {
    Set<Entity> watched = new TreeSet<>(Entity.ORDER);
    for (int row = 0; row < table.base.top(); row++) {
      SeriesPolicy policy = table.policies.length > row ? table.policies[row] : null;
      if (policy != null && table.base.isUsed(row)) {
        table.base.read(row, base);
        if (base.getLong(SeriesTable.LAST_TIME) >= since && isWatched()) {
          watched.add(policy.entity().withoutInstance());
        }
      }
    }
    return watched;
  }

  /** The row of the series when the sample is to be taken in; the cursor stands on it then. */
  private int admit(SeriesTable table, long hash, int check, long time, long bits, long arrival) {
    int row = table.index.get(hash);
    if (row == LongIndex.NONE) {
      counts.add(Fate.REFUSED);
      return LongIndex.NONE;
    }
    table.base.read(row, base);
    Fate oddity = oddity(check, time, bits, arrival);
    if (oddity != null) {
      counts.add(oddity);
      return LongIndex.NONE;
    }
    long last = base.getLong(SeriesTable.LAST_TIME);
    if ((base.getByte(SeriesTable.FLAGS) & SeriesTable.SEEN) != 0
        && time - last > settings.expiry().toMillis()) {
      byte[] labels = table.labels[row];
      MetricKind declared = MetricKind.ofNumber(base.getByte(SeriesTable.DECLARED_KIND));
      forget(table, row);
      row = table.add(hash, check, declared, labels);
      table.base.read(row, base);
    }
    return row;
  }

  private @Nullable Fate oddity(int check, long time, long bits, long arrival) {
    if (base.getInt(SeriesTable.CHECK) != check) {
      return Fate.COLLISION;
    }
    if (time - arrival > settings.futureLimit().toMillis()) {
      return Fate.FUTURE;
    }
    boolean seen = base.getByte(SeriesTable.FLAGS) != 0;
    long last = base.getLong(SeriesTable.LAST_TIME);
    if (seen && time <= last) {
      if (time < last) {
        return Fate.LATE;
      }
      return bits == base.getLong(SeriesTable.LAST_BITS) ? Fate.DUPLICATE : Fate.CONFLICT;
    }
    if (bits == STALE_BITS) {
      base.setLong(SeriesTable.LAST_TIME, time);
      base.setLong(SeriesTable.LAST_BITS, bits);
      base.setByte(SeriesTable.FLAGS, (byte) SeriesTable.ENDED);
      return Fate.STALE;
    }
    return (bits & 0x7ff0000000000000L) == 0x7ff0000000000000L ? Fate.NON_FINITE : null;
  }

  private void remember(long time, long bits) {
    base.setLong(SeriesTable.LAST_TIME, time);
    base.setLong(SeriesTable.LAST_BITS, bits);
    base.setByte(SeriesTable.FLAGS, (byte) SeriesTable.SEEN);
  }

  /** A counter that falls has begun anew from zero. */
  private double increase(double previous, double value) {
    if (value < previous) {
      counts.add(Fate.RESET);
      return value;
    }
    return value - previous;
  }

  private Treatment treatment(SeriesTable table, int row) {
    if (table.policies[row] == null) {
      decide(table, row);
    }
    return Treatment.of(base.getByte(SeriesTable.TREATMENT));
  }

  /** Finds the policy of a series that is new, restored, or of a kind that has just been told. */
  private void decide(SeriesTable table, int row) {
    Labels labels = labels(table.labels[row]);
    SeriesPolicy policy = policies.of(labels, declaredKind(table, labels));
    table.policies[row] = policy;
    Treatment now = Treatment.of(labels, policy.kind(), policy.rule().role());
    Treatment before = Treatment.of(base.getByte(SeriesTable.TREATMENT));
    if (now == before) {
      return;
    }
    release(table, row, before);
    base.setByte(SeriesTable.TREATMENT, now.code());
    switch (now) {
      case GAUGE, COUNTER, HISTOGRAM -> base.setInt(SeriesTable.TARGET, table.scored.add());
      case BUCKET -> joinHistogram(table, labels);
      default -> base.setInt(SeriesTable.TARGET, -1);
    }
  }

  private MetricKind declaredKind(SeriesTable table, Labels labels) {
    MetricKind declared = MetricKind.ofNumber(base.getByte(SeriesTable.DECLARED_KIND));
    String metric = labels.metric();
    if (declared == MetricKind.UNKNOWN) {
      int known = table.kinds.get(SeriesHash.ofText(metric));
      if (known == LongIndex.NONE) {
        known = table.kinds.get(SeriesHash.ofText(SeriesHash.familyOf(metric)));
      }
      declared = known == LongIndex.NONE ? MetricKind.UNKNOWN : MetricKind.ofNumber(known);
    }
    return declared;
  }

  private void joinHistogram(SeriesTable table, Labels labels) {
    double bound;
    try {
      bound = bound(labels.get("le"));
    } catch (NumberFormatException e) {
      base.setByte(SeriesTable.TREATMENT, Treatment.IGNORED.code());
      base.setInt(SeriesTable.TARGET, -1);
      return;
    }
    Labels derived = derived(labels, SeriesHash.familyOf(labels.metric())).with("le", "");
    long group = SeriesHash.of(derived);
    int number = table.histogramIndex.get(group);
    if (number == LongIndex.NONE) {
      number = table.addHistogram(group, new ClassicHistogram(derivedSeries(table, derived)));
    }
    base.setInt(SeriesTable.TARGET, number);
    base.setInt(SeriesTable.SLOT, histogram(table, number).addBucket(bound));
  }

  private static DerivedSeries derivedSeries(SeriesTable table, Labels labels) {
    return new DerivedSeries(LabelBytes.write(labels), table.scored.add());
  }

  private static double bound(String le) {
    return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
  }

  private static Labels derived(Labels labels, String family) {
    return labels.with(Labels.NAME, family + NamingRules.P95);
  }

  private void bucket(SeriesTable table, long time, double increase) {
    ClassicHistogram histogram = histogram(table, base.getInt(SeriesTable.TARGET));
    counts.add(Fate.SCORED);
    if (histogram.add(base.getInt(SeriesTable.SLOT), time, increase)) {
      while (histogram.ready()) {
        double quantile = histogram.take(settings);
        if (!Double.isNaN(quantile)) {
          values.score(subject(table, histogram.derived), histogram.takenAt(), quantile);
        }
      }
    }
  }

  private void score(SeriesTable table, int row, long time, double value) {
    counts.add(Fate.SCORED);
    values.score(subject(table, row), time, value);
  }

  private ValueScorer.Subject subject(SeriesTable table, int row) {
    SeriesPolicy policy = table.policies[row];
    if (policy == null) {
      decide(table, row);
      policy = Objects.requireNonNull(table.policies[row]);
    }
    return values.subject(table, base.getInt(SeriesTable.TARGET), policy, table.labels[row]);
  }

  private ValueScorer.Subject subject(SeriesTable table, DerivedSeries derived) {
    SeriesPolicy policy = derived.policy;
    if (policy == null) {
      policy = policies.of(labels(derived.labels), MetricKind.GAUGE);
      derived.policy = policy;
    }
    return values.subject(table, derived.scoredRow, policy, derived.labels);
  }

  private boolean isWatched() {
    return Treatment.of(base.getByte(SeriesTable.TREATMENT)).watched();
  }

  private boolean isScored() {
    return switch (Treatment.of(base.getByte(SeriesTable.TREATMENT))) {
      case GAUGE, COUNTER -> true;
      default -> false;
    };
  }

  private void forget(SeriesTable table, int row) {
    long hash = base.getLong(SeriesTable.HASH);
    release(table, row, Treatment.of(base.getByte(SeriesTable.TREATMENT)));
    table.remove(row, hash);
  }

  /** Gives back the rows behind a series. */
  private void release(SeriesTable table, int row, Treatment treatment) {
    int target = base.getInt(SeriesTable.TARGET);
    long last = base.getLong(SeriesTable.LAST_TIME);
    switch (treatment) {
      case GAUGE, COUNTER -> {
        values.endSilent(subject(table, row), last);
        values.free(table, target);
      }
      case HISTOGRAM -> {
        release(table, nativeSeries(table, row).derived, last);
        table.nativeSeries.remove(row);
      }
      case BUCKET -> {
        ClassicHistogram histogram = histogram(table, target);
        if (histogram.removeBucket(base.getInt(SeriesTable.SLOT))) {
          release(table, histogram.derived, histogram.takenAt());
          table.histograms.set(target, null);
          table.histogramIndex.remove(SeriesHash.of(labels(histogram.derived.labels)));
        }
      }
      default -> {}
    }
  }

  private void release(SeriesTable table, DerivedSeries derived, long last) {
    values.endSilent(subject(table, derived), last);
    values.free(table, derived.scoredRow);
  }

  private static NativeSeries nativeSeries(SeriesTable table, int row) {
    return Objects.requireNonNull(table.nativeSeries.get(row));
  }

  private static ClassicHistogram histogram(SeriesTable table, int number) {
    return Objects.requireNonNull(table.histograms.get(number));
  }

  private static Labels labels(byte[] bytes) {
    return LabelBytes.read(bytes, 0, bytes.length);
  }
}
