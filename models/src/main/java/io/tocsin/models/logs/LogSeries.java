// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.Labels;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.telemetry.Severity;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names of the series that lines are counted in. */
final class LogSeries {
  /** Lines of one pattern, per second. */
  static final String LINES = "log_lines";

  /** Lines of one level, per second. */
  static final String LEVEL_LINES = "log_level_lines";

  /** The part of the lines that have a level. */
  static final String LEVEL_RATIO = "log_level_ratio";

  /** All lines of a service, per second. */
  static final String SERVICE_LINES = "log_service_lines";

  /**
   * How different the patterns of the last minute are from the usual ones: the part of the lines
   * that would have to be of another pattern.
   */
  static final String MIX = "log_mix_distance";

  static final String PATTERN = "pattern";
  static final String LEVEL = "level";

  private static final Severity[] ALL = Severity.values();
  static final int LEVELS = ALL.length;

  private LogSeries() {}

  /** The value of the label {@code level}; empty for none. */
  static String level(Severity severity) {
    return severity == Severity.UNKNOWN ? "" : severity.name().toLowerCase(Locale.ROOT);
  }

  /** The number of a level in state and batches; their order never changes. */
  @SuppressWarnings("EnumOrdinal") // the golden state fails when the order changes
  static int number(Severity severity) {
    return severity.ordinal();
  }

  static Severity levelOf(byte number) {
    return ALL[number];
  }

  static boolean isError(Severity severity) {
    return severity == Severity.ERROR || severity == Severity.FATAL;
  }

  static Labels ofPattern(String name, Entity entity, PatternLogs pattern) {
    Map<String, String> labels = of(name, entity);
    labels.put(PATTERN, id(pattern.id));
    labels.put(LEVEL, level(pattern.level));
    return Labels.of(labels);
  }

  static Labels ofLevel(String name, Entity entity, Severity level) {
    Map<String, String> labels = of(name, entity);
    labels.put(LEVEL, level(level));
    return Labels.of(labels);
  }

  static Labels ofService(String name, Entity entity) {
    return Labels.of(of(name, entity));
  }

  private static Map<String, String> of(String name, Entity entity) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Labels.NAME, name);
    labels.put("cluster", entity.cluster());
    labels.put("namespace", entity.namespace());
    labels.put("workload", entity.workload());
    labels.put("service", entity.service());
    labels.put("node", entity.node());
    labels.put("instance", entity.instance());
    return labels;
  }

  /** What a series of {@link #of} is about. */
  static Entity entityOf(Labels labels) {
    return new Entity(
        labels.get("cluster"),
        labels.get("namespace"),
        labels.get("workload"),
        labels.get("service"),
        labels.get("node"),
        labels.get("instance"));
  }

  /** A pattern's id as people see it. */
  static String id(long id) {
    return SeriesHash.hex(id);
  }
}
