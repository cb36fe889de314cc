// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The options that Flink has, from its own classes, and those that its operator has. */
final class FlinkOptions {
  private static final List<Class<?>> CLASSES =
      List.of(
          CheckpointingOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  /** The operator is not to be had as a library; these are the options that its manual has. */
  private static final Set<String> OPERATOR =
      Set.of(
          "job.autoscaler.enabled",
          "job.autoscaler.metrics.window",
          "job.autoscaler.scaling.enabled",
          "job.autoscaler.stabilization.interval",
          "job.autoscaler.utilization.target",
          "job.autoscaler.vertex.exclude.ids",
          "job.autoscaler.vertex.max-parallelism",
          "kubernetes.operator.cluster.health-check.checkpoint-progress.enabled",
          "kubernetes.operator.cluster.health-check.checkpoint-progress.window",
          "kubernetes.operator.cluster.health-check.enabled",
          "kubernetes.operator.cluster.health-check.restarts.threshold",
          "kubernetes.operator.cluster.health-check.restarts.window",
          "kubernetes.operator.deployment.rollback.enabled",
          "kubernetes.operator.jm-deployment-recovery.enabled",
          "kubernetes.operator.job.restart.failed",
          "kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age",
          "kubernetes.operator.periodic.savepoint.interval",
          "kubernetes.operator.savepoint.history.max.age",
          "kubernetes.operator.savepoint.history.max.count");

  /** Of a reporter, whatever its name. */
  private static final String REPORTER = "metrics\\.reporter\\.\\w+\\.";

  /** Those of OpenTelemetry's are in a plugin of Flink's image, which is no library. */
  private static final Set<String> REPORTERS =
      Set.of(
          "factory.class",
          "interval",
          "port",
          "filterLabelValueCharacters",
          "exporter.endpoint",
          "exporter.protocol",
          "service.name");

  private static final Map<String, ConfigOption<?>> KNOWN = known();

  private FlinkOptions() {}

  /** What is wrong with an option; empty when nothing is. */
  static String problem(String key, String value) {
    ConfigOption<?> option = KNOWN.get(key);
    if (option == null) {
      boolean known = OPERATOR.contains(key) || REPORTERS.contains(key.replaceFirst(REPORTER, ""));
      return known ? "" : key + " is no option of Flink";
    }
    try {
      Object unused = Configuration.fromMap(Map.of(key, value)).get(option);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static Map<String, ConfigOption<?>> known() {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    for (Class<?> type : CLASSES) {
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && field.getType() == ConfigOption.class
            && !field.isAnnotationPresent(Deprecated.class)) {
          ConfigOption<?> option = option(field);
          known.put(option.key(), option);
        }
      }
    }
    return known;
  }

  private static ConfigOption<?> option(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
