// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the targets of some series were last heard of, as far as this shard has series of theirs.
 *
 * <p>A target is a running copy of something, as one job scrapes it. What Prometheus itself writes
 * of a target does not count: {@code up} goes on when the target is gone. Whose labels name no
 * running copy has no target.
 */
final class Targets {
  private static final String UP = "up";
  private static final String OF_THE_SCRAPE = "scrape_";

  private record Target(Entity entity, String job, String instance) {}

  private final SeriesPolicies policies;
  private final Map<Target, Long> heard = new HashMap<>();
  private final Set<Long> copies = new HashSet<>();
  private final Row base = new Row();

  Targets(SeriesPolicies policies) {
    this.policies = policies;
  }

  /** Finds out when each of the targets of these series was last heard of by a series that lasts. */
  void hear(SeriesTable table, int[] rows) {
    heard.clear();
    copies.clear();
    for (int row : rows) {
      Target target = target(table.labels[row]);
      if (target != null && heard.putIfAbsent(target, 0L) == null) {
        copies.add(LabelBytes.hashOfValue(target.entity.instance()));
      }
    }
    for (int row = 0; row < table.base.top() && !copies.isEmpty(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        boolean seen = (base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) == SeriesTable.SEEN;
        if (seen && !isAmong(rows, row) && LabelBytes.hasValue(table.labels[row], copies)) {
          hear(table.labels[row], base.getLong(SeriesTable.ARRIVED));
        }
      }
    }
  }

  private void hear(byte[] bytes, long arrived) {
    Labels labels = LabelBytes.read(bytes, 0, bytes.length);
    if (!labels.metric().equals(UP) && !labels.metric().startsWith(OF_THE_SCRAPE)) {
      heard.computeIfPresent(target(labels), (target, last) -> Math.max(last, arrived));
    }
  }

  /** They are in order, as they were found. */
  private static boolean isAmong(int[] rows, int row) {
    return Arrays.binarySearch(rows, row) >= 0;
  }

  /** When another series of the same target arrived last; 0 for never. */
  long heard(byte[] labels) {
    Target target = target(labels);
    return target == null ? 0 : heard.getOrDefault(target, 0L);
  }

  private @Nullable Target target(byte[] bytes) {
    Target target = target(LabelBytes.read(bytes, 0, bytes.length));
    return target.entity.instance().isEmpty() ? null : target;
  }

  private Target target(Labels labels) {
    return new Target(policies.entityOf(labels), labels.get("job"), labels.get("instance"));
  }
}
