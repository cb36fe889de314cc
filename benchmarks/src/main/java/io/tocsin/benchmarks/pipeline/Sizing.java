// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.benchmarks.report.MarkdownTable;
import io.tocsin.benchmarks.report.Report;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.metrics.Shards;
import io.tocsin.models.series.SeriesSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load takes, worked out from measured figures.
 *
 * @param few what few series cost
 * @param many what ten times as many cost
 * @param kafkaBytesPerSample what a sample takes in Kafka
 */
record Sizing(Cost few, Cost many, double kafkaBytesPerSample) {
  private static final int FEW = 100_000;
  private static final int MANY = 1_000_000;
  private static final double INTERVAL_SECONDS = 15;

  /** So that the job catches up twice as fast as it fell behind. */
  private static final double LOAD = 0.5;

  /** State and its copy while a checkpoint is taken, in two thirds of the heap, and some more. */
  private static final double HEAP_PER_STATE = 3.5;

  private static final double FIXED_HEAP_BYTES = 0.5e9;
  private static final double RETENTION_SECONDS = 6 * 3600;

  /** Shards fill unevenly. */
  private static final double FULLEST_SHARD = 1.5;

  /** What a sample and a series cost. */
  record Cost(double nanosPerSample, double bytesPerSeries) {}

  /** From figures; nothing when some that it takes were not measured. */
  static Optional<Sizing> of(Map<String, Double> figures) {
    Double kafka = figures.get("kafka_bytes_per_sample");
    Optional<Cost> few = cost(figures, FEW);
    Optional<Cost> many = cost(figures, MANY);
    return kafka == null || few.isEmpty() || many.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sizing(few.get(), many.get(), kafka));
  }

  private static Optional<Cost> cost(Map<String, Double> figures, int size) {
    Double nanos = figures.get("growth." + size + ".ns_per_sample");
    Double bytes = figures.get("growth." + size + ".bytes_per_series");
    return nanos == null || bytes == null ? Optional.empty() : Optional.of(new Cost(nanos, bytes));
  }

  /** As Markdown. */
  String table() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "series, every 15 s",
                "samples/s",
                "CPU, cores' worth",
                "task managers' cores",
                "their heap, GB",
                "Kafka's disk for 6 h, GB",
                "partitions",
                "shards",
                "`series.maxSeriesPerShard`"));
    row(table, "100,000", FEW, few);
    row(table, "1,000,000", MANY, many);
    // As much again as from the one to the other.
    double grown = many.nanosPerSample() * many.nanosPerSample() / few.nanosPerSample();
    row(
        table,
        "10,000,000 (calculated)",
        10 * MANY,
        new Cost(Math.max(grown, many.nanosPerSample()), many.bytesPerSeries()));
    return table.toString();
  }

  private void row(MarkdownTable table, String title, int series, Cost cost) {
    double samples = series / INTERVAL_SECONDS;
    double cpu = samples * cost.nanosPerSample() / 1e9;
    int cores = (int) Math.ceil(cpu / LOAD);
    double heap = FIXED_HEAP_BYTES + HEAP_PER_STATE * series * cost.bytesPerSeries();
    double disk = samples * kafkaBytesPerSample * RETENTION_SECONDS;
    int limit = SeriesSettings.DEFAULTS.maxSeriesPerShard();
    long fullest = Math.round(FULLEST_SHARD * series / Shards.COUNT);
    table.row(
        List.of(
            title,
            "%,.0f".formatted(samples),
            Report.number(cpu),
            Integer.toString(cores),
            Report.number(heap / 1e9),
            Report.number(disk / 1e9),
            Integer.toString(Math.max(Topic.METRICS.partitions(), 2 * cores)),
            Integer.toString(Shards.COUNT),
            fullest <= limit ? "%,d (default)".formatted(limit) : "%,d".formatted(fullest)));
  }
}
