// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.quality.corpora.Corpus;
import io.tocsin.benchmarks.quality.corpora.Layout;
import io.tocsin.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The figures of all candidates as Markdown tables: those of each corpus, and those of the cost.
 */
final class EvaluationTables {
  private static final String NAB_HEAD =
      "standard low_fp low_fn standard_at_1 standard_onsets low_fp_onsets low_fn_onsets"
          + " cloudwatch_found cloudwatch_alerts";
  private static final String KPI_HEAD = "delay7_f1 delay7_f1_oracle";
  private static final String EVENTS_HEAD =
      "event_f1 event_f1_oracle event_precision event_recall alerts segments delay_minutes_median"
          + " delay_minutes_p90 average_precision vus_pr";
  private static final String CAUSES_HEAD = "hit_rate_100 hit_rate_150 mrr";
  private static final String ALARMS_HEAD =
      "false_alarms_per_series_day series_without_false_alarm";
  private static final String SUBJECT_ALARMS_HEAD =
      "subject_false_alarms_per_day subject_false_alarms_per_series_day";
  private static final String COST_HEAD =
      "ns_per_sample allocated_bytes_per_sample bytes_per_series snapshot_bytes_per_series"
          + " ns_per_sample_of_corpora";
  private static final String MANY_COST_HEAD =
      "ns_per_sample_at_100k_series allocated_bytes_per_sample_at_100k_series"
          + " bytes_per_series_at_100k_series snapshot_bytes_per_series_at_100k_series";

  private final Map<String, Figures> candidates;
  private final StringBuilder text = new StringBuilder();

  /**
   * Tables of candidates.
   *
   * @param candidates figures by title
   */
  EvaluationTables(Map<String, Figures> candidates) {
    this.candidates = candidates;
  }

  /** Adds the table of a corpus. */
  void corpus(Corpus corpus) {
    text.append(
        "## %s\n%d subjects, %,d samples, %d segments, checksum %s\n\n"
            .formatted(
                corpus.name(),
                corpus.subjects().size(),
                corpus.samples(),
                corpus.subjects().stream().mapToInt(each -> each.segments().size()).sum(),
                corpus.checksum()));
    if (corpus.layout() == Layout.NAB) {
      table(corpus.name(), NAB_HEAD);
    }
    if (corpus.layout() == Layout.KPI) {
      table(corpus.name(), KPI_HEAD);
    }
    if (corpus.labelled()) {
      table(corpus.name(), EVENTS_HEAD);
    }
    if (corpus.layout() == Layout.SERVERS && corpus.labelled()) {
      table(corpus.name(), CAUSES_HEAD);
    }
    table(corpus.name(), ALARMS_HEAD);
    if (corpus.layout() == Layout.SERVERS) {
      table(corpus.name(), SUBJECT_ALARMS_HEAD);
    }
  }

  void cost() {
    text.append("## cost\n\n");
    table("cost", COST_HEAD);
    table("cost", MANY_COST_HEAD);
  }

  String markdown() {
    return text.toString();
  }

  /** Nothing where no candidate has any figure. */
  private void table(String prefix, String columns) {
    List<String> names = List.of(columns.split(" ", -1));
    if (candidates.values().stream()
        .noneMatch(figures -> names.stream().anyMatch(name -> figures.has(prefix + "." + name)))) {
      return;
    }
    List<String> head = new ArrayList<>(List.of("candidate"));
    head.addAll(names.stream().map(name -> name.replace('_', ' ')).toList());
    MarkdownTable table = new MarkdownTable(head);
    candidates.forEach(
        (title, figures) -> {
          List<String> row = new ArrayList<>(List.of(title));
          names.forEach(name -> row.add(Figures.text(figures.get(prefix + "." + name))));
          table.row(row);
        });
    text.append(table);
  }
}
