// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import io.tocsin.benchmarks.report.MarkdownTable;
import java.util.List;

/** What is measured beside what is to be reached. */
final class GoalsTable {
  private GoalsTable() {}

  /** As Markdown; figures that were not measured are left out. */
  static String of(Figures figures, List<Goal> goals) {
    MarkdownTable table =
        new MarkdownTable(List.of("figure", "goal", "stretch", "measured", "verdict"));
    for (Goal goal : goals) {
      double measured = figures.get(goal.figure());
      if (!Double.isNaN(measured)) {
        table.row(
            List.of(
                "`" + goal.figure() + "`",
                goal.bound(goal.goal()),
                goal.bound(goal.stretch()),
                Figures.text(measured),
                goal.verdict(measured)));
      }
    }
    return table.toString();
  }
}
