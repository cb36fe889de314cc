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

  /** Of a target of which nothing was heard. */
  static final Heard NOTHING = new Heard(0, 0);

  /**
   * When others of a target arrived last.
   *
   * @param last any, ms since the epoch; 0 for never
   * @param regular one that has come regularly, without a break of late; 0 for never
   */
  record Heard(long last, long regular) {
    private Heard and(long arrived, boolean regularly) {
      return new Heard(Math.max(last, arrived), regularly ? Math.max(regular, arrived) : regular);
    }
  }

  private record Target(Entity entity, String job, String instance) {}

  private final SeriesPolicies policies;
  private final Map<Target, Heard> heard = new HashMap<>();
  private final Set<Long> copies = new HashSet<>();
  private final Row base = new Row();

  Targets(SeriesPolicies policies) {
    this.policies = policies;
  }

  /**
   * Finds out when each of the targets of these series was last heard of by a series that lasts.
   */
  void hear(SeriesTable table, int[] rows) {
    heard.clear();
    copies.clear();
    for (int row : rows) {
      Target target = target(table.labels[row]);
      if (target != null && heard.putIfAbsent(target, NOTHING) == null) {
        copies.add(LabelBytes.hashOfValue(target.entity.instance()));
      }
    }
    for (int row = 0; row < table.base.top() && !copies.isEmpty(); row++) {
      if (table.base.isUsed(row)) {
        table.base.read(row, base);
        boolean seen = (base.getByte(SeriesTable.FLAGS) & SeriesTable.LIFE) == SeriesTable.SEEN;
        if (seen && !isAmong(rows, row) && LabelBytes.hasValue(table.labels[row], copies)) {
          hear(table.labels[row]);
        }
      }
    }
  }

  private void hear(byte[] bytes) {
    Labels labels = LabelBytes.read(bytes, 0, bytes.length);
    if (!labels.metric().equals(UP) && !labels.metric().startsWith(OF_THE_SCRAPE)) {
      long arrived = base.getLong(SeriesTable.ARRIVED);
      boolean regularly = Absence.isRegular(base.getByte(SeriesTable.FLAGS));
      heard.computeIfPresent(target(labels), (target, before) -> before.and(arrived, regularly));
    }
  }

  /** They are in order, as they were found. */
  private static boolean isAmong(int[] rows, int row) {
    return Arrays.binarySearch(rows, row) >= 0;
  }

  /** When others of the same target arrived last. */
  Heard heard(byte[] labels) {
    Target target = target(labels);
    return target == null ? NOTHING : heard.getOrDefault(target, NOTHING);
  }

  private @Nullable Target target(byte[] bytes) {
    Target target = target(LabelBytes.read(bytes, 0, bytes.length));
    return target.entity.instance().isEmpty() ? null : target;
  }

  private Target target(Labels labels) {
    return new Target(policies.entityOf(labels), labels.get("job"), labels.get("instance"));
  }
}
