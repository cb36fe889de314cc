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
  /** A service with fewer lines in an interval says nothing of how much there is to do. */
  private static final int TELLING_LINES = 5;

  /** Fewer services say nothing of what there is to do for all. */
  private static final int TELLING_SERVICES = 3;

  private static final double LEAST_LOAD = 0.02;

  private final PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
  private final Map<Entity, Service> services = new HashMap<>();
  private final TreeSet<Long> intervals = new TreeSet<>();

  /** The lines of one service. */
  private static final class Service {
    private final PatternTable table;
    private final Map<Long, TreeMap<Long, Integer>> counts = new HashMap<>();

    private final Map<Long, String> samples = new HashMap<>();

    Service(long key) {
      table = new PatternTable(key);
    }

    /** By the ids that patterns have in the end. */
    Map<Long, Map<Long, Integer>> merged() {
      Map<Long, Map<Long, Integer>> merged = new HashMap<>();
      counts.forEach(
          (id, of) -> {
            Map<Long, Integer> into =
                merged.computeIfAbsent(table.resolve(id), any -> new HashMap<>());
            of.forEach((interval, count) -> into.merge(interval, count, Integer::sum));
          });
      return merged;
    }

    /** The name of a pattern, with a line of it. */
    String name(long id) {
      return "lines of %x:%s".formatted(id, samples.getOrDefault(id, ""));
    }

    Map<Long, Integer> totals() {
      Map<Long, Integer> totals = new HashMap<>();
      counts.values().forEach(of -> of.forEach((at, n) -> totals.merge(at, n, Integer::sum)));
      return totals;
    }
  }

  /** Counts a line; those of one service must come by rising time. */
  void add(Entity entity, long interval, String text) {
    Service service = services.computeIfAbsent(entity, any -> new Service(entity.hash()));
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    long pattern = miner.learn(service.table, line, 0, line.length, interval);
    service.samples.putIfAbsent(pattern, text);
    service
        .counts
        .computeIfAbsent(pattern, any -> new TreeMap<>())
        .merge(interval, 1, Integer::sum);
    intervals.add(interval);
  }

  /**
   * A series for each pattern, with a sample for each interval, of zero where it has no lines, and
   * how much there was to do then.
   */
  List<CaseSeries> series() {
    Map<Long, Double> loads = loads();
    double[] load = loads.values().stream().mapToDouble(each -> each).toArray();
    List<CaseSeries> all = new ArrayList<>();
    services.forEach(
        (entity, service) ->
            service
                .merged()
                .forEach(
                    (id, counts) -> {
                      Samples samples = new Samples();
                      loads
                          .keySet()
                          .forEach(each -> samples.add(each, counts.getOrDefault(each, 0)));
                      all.add(samples.lines(entity, service.name(id), load));
                    }));
    all.sort(
        Comparator.comparing(CaseSeries::entity, Entity.ORDER).thenComparing(CaseSeries::metric));
    return all;
  }

  /**
   * How much there was to do in each interval, 1 as usual: the median over the services that write
   * enough, so that neither a flood nor a silence of some changes it; all patterns follow it.
   */
  private Map<Long, Double> loads() {
    Map<Long, List<Double>> parts = new HashMap<>();
    intervals.forEach(each -> parts.put(each, new ArrayList<>()));
    for (Service service : services.values()) {
      Map<Long, Integer> totals = service.totals();
      double mean = totals.values().stream().mapToInt(of -> of).sum() / (double) intervals.size();
      if (mean >= TELLING_LINES) {
        parts.forEach((each, of) -> of.add(totals.getOrDefault(each, 0) / mean));
      }
    }
    TreeMap<Long, Double> loads = new TreeMap<>();
    parts.forEach(
        (each, of) ->
            loads.put(
                each,
                of.size() < TELLING_SERVICES ? 1 : Math.max(LEAST_LOAD, CauseRun.median(of))));
    return loads;
  }
}
