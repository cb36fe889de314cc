// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class ShardSplitterTest {
  private static final Bodies.Fault NO_FAULT = new Bodies.Fault(0, 0, 0);

  @Test
  void everySampleIsInTheShardOfItsGroupWithItsLabelsAnnouncedOnce() {
    List<ShardBatch> batches = Bodies.batches(new Bodies(50, 1).scrapes(3, NO_FAULT));

    Map<Long, Labels> announced = new HashMap<>();
    int samples = 0;
    for (ShardBatch batch : batches) {
      announcements(batch).forEach((hash, labels) -> assertNew(announced, hash, labels));
      for (int n = 0; n < batch.sampleCount(); n++) {
        int at = n * ShardBatch.SAMPLE_BYTES;
        long hash = (long) ShardBatch.LONG.get(batch.samples(), at + ShardBatch.HASH);
        Labels labels = announced.get(hash);
        assertThat(labels).isNotNull();
        assertThat(hash).isEqualTo(SeriesHash.of(labels));
        assertThat((int) ShardBatch.INT.get(batch.samples(), at + ShardBatch.CHECK))
            .isEqualTo(SeriesHash.checkOf(labels));
        assertThat(batch.shard()).isEqualTo(Shards.of(SeriesHash.groupOf(labels)));
        samples++;
      }
    }
    assertThat(announced).hasSize(200);
    assertThat(samples).isEqualTo(600);
  }

  @Test
  void labelsAreAnnouncedAgainInAnotherHour() {
    AnnouncedSeries announced = new AnnouncedSeries();
    announced.at(3_600_000);
    assertThat(announced.isNews(5)).isTrue();
    assertThat(announced.isNews(5)).isFalse();
    announced.at(7_199_999);
    assertThat(announced.isNews(5)).isFalse();
    announced.at(3_600_000);
    assertThat(announced.isNews(5)).isFalse();
    announced.at(7_200_000);
    assertThat(announced.isNews(5)).isTrue();
  }

  @Test
  void manySeriesAreAnnouncedOnceEach() {
    AnnouncedSeries announced = new AnnouncedSeries();
    announced.at(0);
    for (int round = 0; round < 2; round++) {
      for (long series = 1; series <= 100_000; series++) {
        assertThat(announced.isNews(series * 0x9E3779B97F4A7C15L)).isEqualTo(round == 0);
      }
    }
  }

  @Test
  void aBatchSurvivesItsSerializer() throws IOException {
    for (ShardBatch batch : Bodies.batches(new Bodies(5, 1).scrapes(2, NO_FAULT))) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      ShardBatchSerializer.INSTANCE.serialize(batch, out);
      ShardBatch read =
          ShardBatchSerializer.INSTANCE.deserialize(
              new DataInputDeserializer(out.getCopyOfBuffer()));

      assertThat(read).usingRecursiveComparison().isEqualTo(batch);
    }
  }

  private static void assertNew(Map<Long, Labels> announced, long hash, Labels labels) {
    assertThat(announced.put(hash, labels)).isNull();
  }

  private static Map<Long, Labels> announcements(ShardBatch batch) {
    Map<Long, Labels> found = new HashMap<>();
    byte[] extras = batch.extras();
    for (int at = 0; at < extras.length; ) {
      assertThat(extras[at]).isEqualTo(ShardBatch.SERIES);
      long hash = (long) ShardBatch.LONG.get(extras, at + 2);
      int length = (int) ShardBatch.INT.get(extras, at + 14);
      found.put(hash, LabelBytes.read(extras, at + 18, length));
      at += 18 + length;
    }
    return found;
  }
}
