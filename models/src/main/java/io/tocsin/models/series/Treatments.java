// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rules.Role;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.NamingRules;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.Objects;

/**
 * Decides what is done with each series, makes room in the table for what that needs, and gives the
 * room back. All methods are about the row that the cursor stands on.
 */
final class Treatments {
  private final SeriesPolicies policies;
  private final ValueScorer values;
  private final Absence absence;
  private final Row base;

  Treatments(SeriesPolicies policies, ValueScorer values, Absence absence, Row base) {
    this.policies = policies;
    this.values = values;
    this.absence = absence;
    this.base = base;
  }

  /** What is done with the series; decided when it has not been since the start, or is in doubt. */
  Treatment of(SeriesTable table, int row) {
    policy(table, row);
    return decided();
  }

  /** What was decided last. */
  Treatment decided() {
    return Treatment.of(base.getByte(SeriesTable.TREATMENT));
  }

  /**
   * The policy of a series. It is found, and the treatment decided anew, when the series is new or
   * restored, or when its kind has just been told; so it is asked for before the treatment is.
   */
  SeriesPolicy policy(SeriesTable table, int row) {
    SeriesPolicy policy = table.policies().get(row);
    if (policy == null) {
      Labels labels = labels(table.labels[row]);
      policy = policies.of(labels, declaredKind(table, labels));
      table.policies().set(row, policy);
      treat(table, row, labels, treatment(labels, policy));
    }
    return policy;
  }

  /** What is scored of a series whose own values are. */
  ScoredSeries subject(SeriesTable table, int row) {
    SeriesPolicy policy = policy(table, row);
    boolean rate = decided() == Treatment.COUNTER;
    return values.subject(table, base.getInt(SeriesTable.TARGET), policy, row, rate);
  }

  /** Whether a series' own values are scored, as far as it was decided at all. */
  boolean isScored(SeriesTable table, int row) {
    if (decided() == Treatment.OPEN) {
      return false;
    }
    return of(table, row).hasOwnScore();
  }

  /** Forgets a series and all that it needed. */
  void forget(SeriesTable table, int row) {
    if (decided() != Treatment.OPEN) {
      release(table, row, of(table, row));
    }
    table.remove(row);
  }

  NativeSeries nativeSeries(SeriesTable table, int row) {
    return Objects.requireNonNull(table.nativeSeries.get(row));
  }

  /** The histogram that a bucket belongs to. */
  ClassicHistogram histogram(SeriesTable table) {
    return table.histograms.get(base.getInt(SeriesTable.TARGET));
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

  private MetricKind declaredKind(SeriesTable table, Labels labels) {
    MetricKind declared = MetricKind.ofNumber(base.getByte(SeriesTable.DECLARED_KIND));
    if (declared != MetricKind.UNKNOWN) {
      return declared;
    }
    String metric = labels.metric();
    int known = table.kinds.get(SeriesHash.ofText(metric));
    if (known == LongIndex.NONE) {
      known = table.kinds.get(SeriesHash.ofText(SeriesHash.familyOf(metric)));
    }
    return known == LongIndex.NONE ? MetricKind.UNKNOWN : MetricKind.ofNumber(known);
  }

  private void treat(SeriesTable table, int row, Labels labels, Treatment now) {
    Treatment before = decided();
    if (now == before) {
      return;
    }
    release(table, row, before);
    base.setByte(SeriesTable.TREATMENT, now.code());
    base.setInt(SeriesTable.TARGET, -1);
    switch (now) {
      case GAUGE, COUNTER -> base.setInt(SeriesTable.TARGET, table.scored.add());
      case BUCKET -> joinHistogram(table, labels);
      case HISTOGRAM ->
          table.nativeSeries.put(row, new NativeSeries(derivedSeries(table, derived(labels))));
      default -> {}
    }
  }

  private void joinHistogram(SeriesTable table, Labels labels) {
    double bound = bound(labels.get("le"));
    if (!(bound > Double.NEGATIVE_INFINITY)) {
      base.setByte(SeriesTable.TREATMENT, Treatment.IGNORED.code());
      return;
    }
    Labels derived = derived(labels);
    long group = SeriesHash.of(derived);
    int number = table.histograms.number(group);
    if (number == LongIndex.NONE) {
      number = table.histograms.add(group, new ClassicHistogram(derivedSeries(table, derived)));
    }
    base.setInt(SeriesTable.TARGET, number);
    base.setInt(SeriesTable.SLOT, histogram(table).addBucket(bound));
  }

  /** Gives back the rows behind a series whose policy is known. */
  private void release(SeriesTable table, int row, Treatment treatment) {
    int target = base.getInt(SeriesTable.TARGET);
    switch (treatment) {
      case GAUGE, COUNTER -> {
        absence.end(subject(table, row));
        values.release(subject(table, row));
      }
      case HISTOGRAM -> {
        release(table, nativeSeries(table, row).derived);
        table.nativeSeries.remove(row);
      }
      case BUCKET -> {
        ClassicHistogram histogram = histogram(table);
        if (histogram.removeBucket(base.getInt(SeriesTable.SLOT))) {
          release(table, histogram.derived);
          table.histograms.remove(SeriesHash.of(labels(histogram.derived.labels)), target);
        }
      }
      default -> {}
    }
  }

  /** Forgets what a histogram has gathered and what its quantile has learned, not its buckets. */
  void beginAnew(SeriesTable table, ClassicHistogram histogram) {
    release(table, histogram.derived);
    histogram.beginAnew(new DerivedSeries(histogram.derived.labels, table.scored.add()));
  }

  private void release(SeriesTable table, DerivedSeries derived) {
    values.release(values.subject(table, derived));
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

  static Labels labels(byte[] bytes) {
    return LabelBytes.read(bytes, 0, bytes.length);
  }
}
