// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.FateCounts;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NativeHistogram;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.telemetry.StaleMarker;
import java.util.Set;

/**
 * Takes samples in, makes rates of counters and quantiles of histograms, and has them scored. Holds
 * settings and cursors; what it learns lies in the {@link SeriesTable} that each call names.
 *
 * <p>A sample is judged by its own series and its own time alone, so the same input gives the same
 * findings in whatever order series are interleaved. There is one exception: a new series starts
 * from what its relatives have learned when its first sample is scored. Those of one sender arrive
 * in their order, however often they are played; where relatives come from several senders, a
 * repeated run may see them a few samples earlier or later, and start a little differently. Whether
 * a series is silent follows from when its samples arrived. Not safe for several threads.
 */
public final class SeriesScorer {
  /**
   * {@link #sweep} is to be called at each multiple of this time of arrival, in ms. The finding of
   * a silent series ends at one of them, so that its end is not said late.
   */
  public static final long SWEEP_MILLIS = 300_000;

  /** The quantile that a histogram is reduced to; the presets speak of it by its name. */
  static final double QUANTILE = 0.95;

  private final SeriesSettings settings;
  private final Detector detector;
  private final ScoreListener listener;
  private final ValueScorer values;
  private final Absence absence;
  private final Treatments treatments;
  private final Admission admission;
  private final Sweep sweep;
  private final FateCounts<SampleFate> counts = new FateCounts<>(SampleFate.values());
  private final Row base = new Row();

  /** A scorer that tells its listener what it finds. */
  public SeriesScorer(
      SeriesSettings settings,
      EpisodeSettings episodes,
      SeriesPolicies policies,
      Detector detector,
      ScoreListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.detector = detector;
    this.values = new ValueScorer(settings, episodes, policies, detector, listener);
    this.absence = new Absence(settings, policies, values, listener, base);
    this.treatments = new Treatments(policies, values, absence, base);
    this.admission = new Admission(settings, base, counts, treatments);
    this.sweep = new Sweep(settings, policies, values, treatments, absence, base);
  }

  /** An empty table with rows as long as the detector needs them. */
  public static SeriesTable newTable(Detector detector) {
    return SeriesTable.empty(detector.layout(), scoredBytes(detector), detector.profileBytes());
  }

  /** Length of the row of a scored series. */
  public static int scoredBytes(Detector detector) {
    return ScoredSeries.rowBytes(detector);
  }

  /**
   * Makes a table that was read one of this release; to be called before it is used, and as often
   * as one likes.
   *
   * @throws IllegalStateException if it was written by a later release
   */
  public void adopt(SeriesTable table) {
    table.adopt(detector);
  }

  /** What became of the samples so far. */
  public FateCounts<SampleFate> counts() {
    return counts;
  }

  /**
   * Says whether what comes from now on is history: samples of the past that came just now, in
   * order, for series to learn from. A series that has only just begun live begins anew with its
   * history, and is closed to live samples until that has caught up with them; one that has learned
   * for longer, or from history before, takes no older samples.
   */
  public void history(boolean now) {
    admission.history(now);
  }

  /** Whether a series needs to be announced before its samples can be taken in. */
  public boolean knows(SeriesTable table, long hash) {
    return table.row(hash) != LongIndex.NONE;
  }

  /**
   * Tells the labels of a series; nothing happens when they are known.
   *
   * @param declared its kind as far as its sender says, else UNKNOWN
   * @param labels as {@link LabelBytes}; kept, so not to be changed any more
   */
  public void announce(
      SeriesTable table, long hash, int check, MetricKind declared, byte[] labels) {
    int row = table.row(hash);
    if (row != LongIndex.NONE) {
      table.base.read(row, base);
      if (declared != MetricKind.UNKNOWN
          && declared.number() != base.getByte(SeriesTable.DECLARED_KIND)
          && check == base.getInt(SeriesTable.CHECK)) {
        declare(table, row, declared);
      }
    } else if (table.size() < settings.maxSeriesPerShard()) {
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
      table.policies().forgetAll();
    }
  }

  /**
   * Takes in one sample.
   *
   * @param time of the sample, ms since the epoch
   * @param bits the value's raw 64 bits
   * @param arrival when it was received, ms since the epoch
   */
  public void sample(SeriesTable table, long hash, int check, long time, long bits, long arrival) {
    absence.at(arrival);
    int row = admission.admit(table, hash, check, time, bits, arrival);
    if (row == LongIndex.NONE) {
      return;
    }
    long previousTime = base.getLong(SeriesTable.LAST_TIME);
    double previous = Double.longBitsToDouble(base.getLong(SeriesTable.LAST_BITS));
    boolean first = admission.isFirst(time);
    SeriesPolicy policy = treatments.policy(table, row);
    Treatment treatment = treatments.decided();
    if (treatment.hasOwnScore() && !first && isScrapedAgain(table, row, time - previousTime)) {
      base.setLong(SeriesTable.ARRIVED, arrival);
      counts.add(SampleFate.TRACKED);
      return;
    }
    if (absence.isAbsent()) {
      absence.returned(treatments.subject(table, row));
    }
    admission.remember(time, bits, SeriesTable.SEEN, arrival);
    double value = Double.longBitsToDouble(bits);
    if (policy.fact() != ObjectFact.Kind.NONE && !first && value != previous) {
      listener.moved(Treatments.labels(table.labels[row]), policy.fact(), previous, value, time);
    }
    switch (treatment) {
      case GAUGE -> score(table, row, time, value, arrival);
      case COUNTER -> {
        // What came between the last sample and a reset, nobody knows: there is no rate to judge.
        if (first || isReset(previous, value)) {
          counts.add(SampleFate.TRACKED);
        } else {
          score(table, row, time, rate(value - previous, time - previousTime), arrival);
        }
      }
      case BUCKET -> bucket(table, time, first ? 0 : increase(previous, value), arrival);
      default -> counts.add(SampleFate.TRACKED);
    }
  }

  /**
   * Takes in one native histogram.
   *
   * @param histogram kept, so not to be changed any more
   */
  public void histogram(
      SeriesTable table, long hash, int check, long time, NativeHistogram histogram, long arrival) {
    long bits =
        histogram.stale() ? StaleMarker.BITS : Double.doubleToRawLongBits(histogram.count());
    absence.at(arrival);
    int row = admission.admit(table, hash, check, time, bits, arrival);
    if (row == LongIndex.NONE) {
      return;
    }
    admission.remember(time, bits, SeriesTable.SEEN, arrival);
    if (base.getByte(SeriesTable.DECLARED_KIND) == MetricKind.UNKNOWN.number()) {
      boolean gauge = histogram.reset() == NativeHistogram.Reset.GAUGE;
      declare(table, row, gauge ? MetricKind.GAUGE_HISTOGRAM : MetricKind.HISTOGRAM);
    }
    if (treatments.of(table, row) != Treatment.HISTOGRAM) {
      counts.add(SampleFate.TRACKED);
      return;
    }
    counts.add(SampleFate.SCORED);
    NativeSeries series = treatments.nativeSeries(table, row);
    quantile(table, series.derived, time, series.take(time, histogram, settings), arrival);
  }

  private void declare(SeriesTable table, int row, MetricKind kind) {
    base.setByte(SeriesTable.DECLARED_KIND, (byte) kind.number());
    table.policies().forget(row);
  }

  /**
   * Ends and forgets what has been silent for too long, and tells what is missed.
   *
   * @param now up to when all that arrived was taken in, ms since the epoch
   */
  public void sweep(SeriesTable table, long now) {
    sweep.over(table, now);
  }

  /** How the series of the last sweep fit their models. */
  public Drift drift() {
    return sweep.drift();
  }

  private boolean isScrapedAgain(SeriesTable table, int row, long elapsed) {
    return elapsed < ScoredSeries.AGAIN_MILLIS
        && treatments.subject(table, row).isScrapedAgain(elapsed);
  }

  /**
   * What has been watched since the last sweep and was not told before, without its running copies;
   * once an hour, all that has been watched since the last sweep.
   *
   * @param now of the sweep, ms since the epoch
   */
  public Set<Entity> watched(SeriesTable table, long now) {
    return sweep.watched(table, now);
  }

  /** Per second, and finite even if the counter has gone from one end of all numbers to another. */
  private static double rate(double increase, long millis) {
    return Math.min(Double.MAX_VALUE, increase / millis * 1000);
  }

  /** A counter that falls has begun anew from zero. */
  private boolean isReset(double previous, double value) {
    if (value < previous) {
      counts.add(SampleFate.RESET);
      return true;
    }
    return false;
  }

  private double increase(double previous, double value) {
    return isReset(previous, value) ? value : value - previous;
  }

  private void bucket(SeriesTable table, long time, double increase, long arrival) {
    ClassicHistogram histogram = treatments.histogram(table);
    counts.add(SampleFate.SCORED);
    if (base.getInt(SeriesTable.ORIGIN) == SeriesTable.TAUGHT && time < histogram.takenAt()) {
      treatments.beginAnew(table, histogram);
    }
    if (histogram.add(base.getInt(SeriesTable.SLOT), time, increase)) {
      while (histogram.ready()) {
        double quantile = histogram.take(settings);
        quantile(table, histogram.derived, histogram.takenAt(), quantile, arrival);
      }
    }
  }

  private void quantile(
      SeriesTable table, DerivedSeries derived, long time, double quantile, long arrival) {
    if (Double.isFinite(quantile)) {
      values.score(values.subject(table, derived), time, quantile, arrival);
    }
  }

  private void score(SeriesTable table, int row, long time, double value, long arrival) {
    counts.add(SampleFate.SCORED);
    values.score(treatments.subject(table, row), time, value, arrival);
  }
}
