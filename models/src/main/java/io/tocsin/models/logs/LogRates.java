// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.detectors.Detector;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.series.ScoreListener;
import io.tocsin.models.series.SeriesScorer;
import io.tocsin.models.series.SeriesSettings;
import io.tocsin.models.series.SeriesTable;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.MetricKind;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.function.Supplier;

/** Has counts of lines scored as metrics are: each is a series of its own. */
final class LogRates {
  private final SeriesScorer scorer;

  LogRates(
      SeriesSettings settings,
      EpisodeSettings episodes,
      Detector detector,
      ScoreListener listener) {
    scorer = new SeriesScorer(settings, episodes, new LogPolicies(), detector, listener);
  }

  /** What names a series: its labels are asked for once. */
  record Name(long hash, int check) {
    static Name of(Labels labels) {
      return new Name(SeriesHash.of(labels), SeriesHash.checkOf(labels));
    }
  }

  void adopt(SeriesTable table) {
    scorer.adopt(table);
  }

  void score(
      SeriesTable table,
      Name name,
      Supplier<Labels> labels,
      double value,
      LogEpisode.Closing closing) {
    if (!scorer.knows(table, name.hash())) {
      byte[] bytes = LabelBytes.write(labels.get());
      scorer.announce(table, name.hash(), name.check(), MetricKind.GAUGE, bytes);
    }
    scorer.sample(
        table,
        name.hash(),
        name.check(),
        closing.end(),
        Double.doubleToRawLongBits(value),
        closing.arrival());
  }

  void sweep(SeriesTable table, long time) {
    scorer.sweep(table, time);
  }
}
