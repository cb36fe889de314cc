// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.Episode;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
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

  /**
   * {@link #sweep} is to be called at each multiple of this event time, in ms. The finding of a
   * silent series ends at one of them, so that its end is not said late.
   */
  public static final long SWEEP_MILLIS = 300_000;

  /** The quantile that a histogram is reduced to; the presets speak of it by its name. */
  static final double QUANTILE = 0.95;

  private static final long EXPONENT_BITS = 0x7ff0000000000000L;

  private final SeriesSettings settings;
  private final long futureLimit;
  private final long gap;
  private final long silence;
  private final long expiry;
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
    this.futureLimit = settings.futureLimit().toMillis();
    this.gap = settings.gap().toMillis();
    this.silence = settings.silence().toMillis();
    this.expiry = settings.expiry().toMillis();
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

  /**
   * Tells the kind of a metric family; its known series are looked at again when it is news. The
   * first kind stands: senders that disagree would have the series start anew time and again.
   */
  public void metadata(SeriesTable table, String family, MetricKind kind) {
    long key = SeriesHash.ofText(family);
    if (kind != MetricKind.UNKNOWN
        && table.kinds.get(key) == LongIndex.NONE
        && table.kinds.size() < settings.maxSeriesPerShard()) {
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
        (base.getByte(SeriesTable.FLAGS) & SeriesTable.SEEN) == 0 || time - previousTime > gap;
    remember(time, bits, SeriesTable.SEEN);
    double value = Double.longBitsToDouble(bits);
    switch (treatment(table, row)) {
      case GAUGE -> score(table, row, time, value);
      case COUNTER -> {
        // What came between the last sample and a reset, nobody knows: there is no rate to judge.
        if (first || isReset(previous, value)) {
          counts.add(Fate.TRACKED);
        } else {
          score(table, row, time, rate(value - previous, time - previousTime));
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
    remember(time, bits, SeriesTable.SEEN);
    if (base.getByte(SeriesTable.DECLARED_KIND) == MetricKind.UNKNOWN.number()) {
      base.setByte(SeriesTable.DECLARED_KIND, (byte) MetricKind.HISTOGRAM.number());
      table.policies[row] = null;
    }
    if (treatment(table, row) != Treatment.HISTOGRAM) {
      counts.add(Fate.TRACKED);
      return;
    }
    counts.add(Fate.SCORED);
    NativeSeries series = nativeSeries(table, row);
    quantile(table, series.derived, time, series.take(time, histogram, settings));
  }

  /** Ends and forgets what has been silent for too long. */
  public void sweep(SeriesTable table, long watermark) {
    for (int row = 0; row < table.base.top(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        sweepRow(table, row, watermark);
      }
    }
    for (ClassicHistogram histogram : table.histograms) {
      if (histogram != null) {
        values.endIfSilent(subject(table, histogram.derived), watermark);
      }
    }
    for (NativeSeries series : table.nativeSeries.values()) {
      values.endIfSilent(subject(table, series.derived), watermark);
    }
  }

  private void sweepRow(SeriesTable table, int row, long watermark) {
    long last = base.getLong(SeriesTable.LAST_TIME);
    if (last == 0) {
      // Announced, and no sample yet that could be believed: it is kept as long as any.
      base.setLong(SeriesTable.LAST_TIME, watermark);
    } else if (watermark - last > expiry) {
      forget(table, row);
    } else if ((base.getByte(SeriesTable.FLAGS) != SeriesTable.SEEN || watermark - last > silence)
        && isScored(table, row)) {
      values.endIfSilent(subject(table, row), watermark);
    }
  }

  /** What the series heard of since a time are about, without their running copies. */
  public Set<Entity> watched(SeriesTable table, long since) {
    Set<Entity> watched = new TreeSet<>(Entity.ORDER);
    for (int row = 0; row < table.base.top(); row++) {
      SeriesPolicy policy = table.policies[row];
      if (policy != null && table.base.isUsed(row)) {
        table.base.read(row, base);
        if (base.getLong(SeriesTable.LAST_TIME) >= since && treatmentInRow().watched()) {
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
    if (base.getByte(SeriesTable.FLAGS) != 0 && time - last > expiry) {
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
    if (time - arrival > futureLimit) {
      return Fate.FUTURE;
    }
    byte flags = base.getByte(SeriesTable.FLAGS);
    long last = base.getLong(SeriesTable.LAST_TIME);
    if (flags != 0 && time <= last) {
      if (time < last) {
        return Fate.LATE;
      }
      return bits == base.getLong(SeriesTable.LAST_BITS) ? Fate.DUPLICATE : Fate.CONFLICT;
    }
    if (bits == STALE_BITS) {
      remember(time, bits, SeriesTable.ENDED);
      return Fate.STALE;
    }
    if ((bits & EXPONENT_BITS) != EXPONENT_BITS) {
      return null;
    }
    if ((flags & SeriesTable.SEEN) == 0 || time - last > gap) {
      // A series that has had no number for long is as good as ended, yet it is not silent.
      remember(time, bits, SeriesTable.ENDED);
    }
    return Fate.NON_FINITE;
  }

  private void remember(long time, long bits, int flag) {
    base.setLong(SeriesTable.LAST_TIME, time);
    base.setLong(SeriesTable.LAST_BITS, bits);
    base.setByte(SeriesTable.FLAGS, (byte) flag);
  }

  /** Per second, and finite even if the counter has gone from one end of all numbers to another. */
  private static double rate(double increase, long millis) {
    return Math.min(Double.MAX_VALUE, increase / millis * 1000);
  }

  /** A counter that falls has begun anew from zero. */
  private boolean isReset(double previous, double value) {
    if (value < previous) {
      counts.add(Fate.RESET);
      return true;
    }
    return false;
  }

  private double increase(double previous, double value) {
    return isReset(previous, value) ? value : value - previous;
  }

  private Treatment treatment(SeriesTable table, int row) {
    policy(table, row);
    return treatmentInRow();
  }

  private Treatment treatmentInRow() {
    return Treatment.of(base.getByte(SeriesTable.TREATMENT));
  }

  /**
   * The policy of a series. It is found, and the treatment decided anew, when the series is new or
   * restored, or when its kind has just been told; so it is asked for before the treatment is.
   */
  private SeriesPolicy policy(SeriesTable table, int row) {
    SeriesPolicy policy = table.policies[row];
    if (policy == null) {
      Labels labels = labels(table.labels[row]);
      policy = policies.of(labels, declaredKind(table, labels));
      table.policies[row] = policy;
      treat(table, row, treatment(labels, policy));
    }
    return policy;
  }

  private Treatment treatment(Labels labels, SeriesPolicy policy) {
    Treatment treatment = Treatment.of(labels, policy.kind(), policy.rule().role());
    return switch (treatment) {
      case BUCKET, HISTOGRAM -> isQuantileIgnored(labels) ? Treatment.IGNORED : treatment;
      default -> treatment;
    };
  }

  private boolean isQuantileIgnored(Labels labels) {
    return policies.of(derived(labels), MetricKind.GAUGE).rule().role() == Role.IGNORED;
  }

  private void treat(SeriesTable table, int row, Treatment now) {
    Treatment before = treatmentInRow();
    if (now == before) {
      return;
    }
    release(table, row, before);
    base.setByte(SeriesTable.TREATMENT, now.code());
    base.setInt(SeriesTable.TARGET, -1);
    Labels labels = labels(table.labels[row]);
    switch (now) {
      case GAUGE, COUNTER -> base.setInt(SeriesTable.TARGET, table.scored.add());
      case BUCKET -> joinHistogram(table, labels);
      case HISTOGRAM ->
          table.nativeSeries.put(row, new NativeSeries(derivedSeries(table, derived(labels))));
      default -> {}
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
    double bound = bound(labels.get("le"));
    if (!(bound > Double.NEGATIVE_INFINITY)) {
      base.setByte(SeriesTable.TREATMENT, Treatment.IGNORED.code());
      return;
    }
    Labels derived = derived(labels);
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

  /** The upper bound that a bucket's label names; NaN when it names none. */
  private static double bound(String le) {
    try {
      return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The labels of the quantile of a classic histogram's bucket, or of a native histogram. */
  private static Labels derived(Labels labels) {
    boolean bucket = !labels.get("le").isEmpty();
    String family = bucket ? SeriesHash.familyOf(labels.metric()) : labels.metric();
    return labels.with(Labels.NAME, family + NamingRules.P95).with("le", "");
  }

  private void bucket(SeriesTable table, long time, double increase) {
    ClassicHistogram histogram = histogram(table, base.getInt(SeriesTable.TARGET));
    counts.add(Fate.SCORED);
    if (histogram.add(base.getInt(SeriesTable.SLOT), time, increase)) {
      while (histogram.ready()) {
        double quantile = histogram.take(settings);
        quantile(table, histogram.derived, histogram.takenAt(), quantile);
      }
    }
  }

  private void quantile(SeriesTable table, DerivedSeries derived, long time, double quantile) {
    if (Double.isFinite(quantile)) {
      values.score(subject(table, derived), time, quantile);
    }
  }

  private void score(SeriesTable table, int row, long time, double value) {
    counts.add(Fate.SCORED);
    values.score(subject(table, row), time, value);
  }

  private ValueScorer.Subject subject(SeriesTable table, int row) {
    SeriesPolicy policy = policy(table, row);
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

  private boolean isScored(SeriesTable table, int row) {
    if (treatmentInRow() == Treatment.OPEN) {
      return false;
    }
    return switch (treatment(table, row)) {
      case GAUGE, COUNTER -> true;
      default -> false;
    };
  }

  private void forget(SeriesTable table, int row) {
    if (treatmentInRow() != Treatment.OPEN) {
      release(table, row, treatment(table, row));
    }
    table.remove(row, base.getLong(SeriesTable.HASH));
  }

  /** Gives back the rows behind a series whose policy is known. */
  private void release(SeriesTable table, int row, Treatment treatment) {
    int target = base.getInt(SeriesTable.TARGET);
    switch (treatment) {
      case GAUGE, COUNTER -> {
        values.end(subject(table, row));
        values.free(table, target);
      }
      case HISTOGRAM -> {
        release(table, nativeSeries(table, row).derived);
        table.nativeSeries.remove(row);
      }
      case BUCKET -> {
        ClassicHistogram histogram = histogram(table, target);
        if (histogram.removeBucket(base.getInt(SeriesTable.SLOT))) {
          release(table, histogram.derived);
          table.removeHistogram(SeriesHash.of(labels(histogram.derived.labels)), target);
        }
      }
      default -> {}
    }
  }

  private void release(SeriesTable table, DerivedSeries derived) {
    values.end(subject(table, derived));
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
