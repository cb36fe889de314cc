// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import io.tocsin.models.patterns.PatternMiner;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.patterns.PatternTable;
import io.tocsin.models.telemetry.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts the lines of each pattern of each service in intervals, as the shipped miner tells
 * patterns apart.
 */
final class PatternCounts {
  private final PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
  private final Map<Entity, Service> services = new HashMap<>();
  private final TreeSet<Long> intervals = new TreeSet<>();

  /** The lines of one service. */
  private static final class Service {
    private final PatternTable table;
    private final Map<Long, TreeMap<Long, Integer>> counts = new HashMap<>();

    Service(long key) {
      table = new PatternTable(key);
    }
  }

  /** Says that an interval was watched, whether there are lines in it or not. */
  void watched(long interval) {
    intervals.add(interval);
  }

  /** Counts a line; those of one service must come by rising time. */
  void add(Entity entity, long interval, String text) {
    Service service = services.computeIfAbsent(entity, any -> new Service(entity.hash()));
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    long pattern = miner.learn(service.table, line, 0, line.length, interval);
    service
        .counts
        .computeIfAbsent(pattern, any -> new TreeMap<>())
        .merge(interval, 1, Integer::sum);
    intervals.add(interval);
  }

  /**
   * A series for each pattern, with a sample for each interval, of zero where it has no lines: as
   * many lines as there would be if the service wrote as many as in the median interval, since all
   * patterns follow what there is to do.
   */
  List<CaseSeries> series() {
    List<CaseSeries> all = new ArrayList<>();
    services.forEach((entity, service) -> addTo(all, entity, service));
    all.sort(
        Comparator.comparing(CaseSeries::entity, Entity.ORDER).thenComparing(CaseSeries::metric));
    return all;
  }

  private void addTo(List<CaseSeries> all, Entity entity, Service service) {
    Map<Long, TreeMap<Long, Integer>> merged = new HashMap<>();
    service.counts.forEach(
        (id, counts) -> {
          TreeMap<Long, Integer> into =
              merged.computeIfAbsent(service.table.resolve(id), any -> new TreeMap<>());
          counts.forEach((interval, count) -> into.merge(interval, count, Integer::sum));
        });
    TreeMap<Long, Integer> totals = new TreeMap<>();
    intervals.forEach(
        each ->
            totals.put(
                each, merged.values().stream().mapToInt(of -> of.getOrDefault(each, 0)).sum()));
    double usual = CauseRun.median(totals.values().stream().map(Integer::doubleValue).toList());
    merged.forEach(
        (id, counts) -> {
          Samples samples = new Samples();
          intervals.forEach(
              each ->
                  samples.add(
                      each,
                      counts.getOrDefault(each, 0)
                          * usual
                          / Math.max(1, totals.getOrDefault(each, 0))));
          all.add(samples.lines(entity, "lines of " + Long.toHexString(id)));
        });
  }
}
