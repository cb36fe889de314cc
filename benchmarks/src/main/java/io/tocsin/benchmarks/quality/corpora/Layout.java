// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

/** How the files of a corpus are laid out. */
public enum Layout {
  /**
   * Numenta Anomaly Benchmark: files below {@code data/} and {@code labels/combined_windows.json}.
   */
  NAB("nab"),
  /** AIOps challenge: files of {@code timestamp,value,label}, times in seconds. */
  KPI("kpi"),
  /** Microsoft's cloud monitoring data set: files of {@code TimeStamp,Value,Label}. */
  MICROSOFT("microsoft"),
  /**
   * Servers with many metrics, as OmniAnomaly and InterFusion publish them: {@code train/}, {@code
   * test/}, {@code test_label/}, {@code interpretation_label/}, numbers without head and times.
   */
  SERVERS("servers");

  private final String figures;

  Layout(String figures) {
    this.figures = figures;
  }

  /** The first part of the names of its figures. */
  public String figures() {
    return figures;
  }
}
