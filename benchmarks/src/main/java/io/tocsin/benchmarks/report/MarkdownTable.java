// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import java.util.List;

/** A table in Markdown. */
public final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  /** A table without rows. */
  public MarkdownTable(List<String> head) {
    row(head);
    row(head.stream().map(column -> "---").toList());
  }

  /** Adds a row. */
  public void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** With an empty line at its end. */
  @Override
  public String toString() {
    return text + "\n";
  }
}
