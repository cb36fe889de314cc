// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreSeriesTest {
  private static final int SAVED_AT = 60;
  private static final int BROKEN_AT = 63;
  private static final int SCRAPES = 80;
  private static final Bodies.Fault FAULT = new Bodies.Fault(0, BROKEN_AT, SCRAPES);
  private static final long ONSET = Bodies.START + BROKEN_AT * Bodies.STEP;

  @TempDir private Path directory;

  /** The file was written by the first version, after these bodies up to the sixtieth. */
  @Test
  void aSavepointOfTheFirstVersionGoesOnWhereItWas() throws Exception {
    assertThat(run(saved("score-series-1.base64"), false))
        .anyMatch(Finding::strong)
        .allMatch(finding -> finding.onset() == ONSET);
    assertThat(run(null, false)).noneMatch(finding -> finding.onset() == ONSET);
  }

  @Test
  void aCheckpointBeforeTheFirstBatchAfterTheRestartIsNotNoticed() throws Exception {
    OperatorSubtaskState state = saved("score-series-1.base64");
    assertThat(run(state, true)).isEqualTo(run(state, false)).isNotEmpty();
  }

  private OperatorSubtaskState saved(String file) throws Exception {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(file))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      Path bytes = directory.resolve(file);
      Files.write(bytes, Base64.getMimeDecoder().decode(text));
      return OperatorSnapshotUtil.readStateHandle(bytes.toString());
    }
  }

  /** What is found in the bodies that came later; restarted once more at first, or not. */
  private static List<Finding> run(@Nullable OperatorSubtaskState state, boolean again)
      throws Exception {
    OperatorSubtaskState start = state;
    if (again) {
      KeyedOneInputStreamOperatorTestHarness<Integer, ShardBatch, FindingsRecord> first =
          harness(state);
      start = first.snapshot(2, 2);
      first.close();
    }
    KeyedOneInputStreamOperatorTestHarness<Integer, ShardBatch, FindingsRecord> harness =
        harness(start);
    for (ShardBatch batch : Bodies.batches(new Bodies(1, 7).scrapes(SCRAPES, FAULT))) {
      if (batch.arrival() >= Bodies.START + SAVED_AT * Bodies.STEP) {
        harness.processElement(batch, batch.arrival());
      }
    }
    List<FindingsRecord> records = harness.extractOutputValues();
    harness.close();
    return records.stream().map(FindingsRecord::finding).filter(Objects::nonNull).toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, ShardBatch, FindingsRecord>
      harness(@Nullable OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Integer, ShardBatch, FindingsRecord> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ScoreSeries(MetricsSettings.DEFAULTS)),
            batch -> Shards.key(batch.shard()),
            Types.INT,
            Shards.COUNT,
            1,
            0);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
