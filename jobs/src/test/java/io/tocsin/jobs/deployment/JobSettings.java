// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.deployment;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.connectors.gateway.GatewaySettings;
import io.tocsin.jobs.incidents.IncidentsJob;
import io.tocsin.jobs.incidents.IncidentsSettings;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.logs.LogsJob;
import io.tocsin.jobs.logs.LogsSettings;
import io.tocsin.jobs.metrics.MetricsJob;
import io.tocsin.jobs.metrics.MetricsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** Reads configurations as the programs do, and knows the jobs that come of them. */
enum JobSettings {
  METRICS(MetricsJob.class) {
    @Override
    Job read(ConfigText text) throws ConfigException {
      MetricsSettings settings =
          ConfigReader.read(MetricsSettings.class, MetricsSettings.DEFAULTS, text, Map.of());
      return new Job(
          settings.kafka(), settings.checkpointInterval(), env -> MetricsJob.define(env, settings));
    }
  },
  LOGS(LogsJob.class) {
    @Override
    Job read(ConfigText text) throws ConfigException {
      LogsSettings settings =
          ConfigReader.read(LogsSettings.class, LogsSettings.DEFAULTS, text, Map.of());
      return new Job(
          settings.kafka(), settings.checkpointInterval(), env -> LogsJob.define(env, settings));
    }
  },
  INCIDENTS(IncidentsJob.class) {
    @Override
    Job read(ConfigText text) throws ConfigException {
      IncidentsSettings settings =
          ConfigReader.read(IncidentsSettings.class, IncidentsSettings.DEFAULTS, text, Map.of());
      return new Job(
          settings.kafka(),
          settings.checkpointInterval(),
          env -> IncidentsJob.define(env, settings));
    }
  };

  private static final Pattern FILE = Pattern.compile("\\$\\{file:([^}]+)}");

  private final Class<?> entry;

  JobSettings(Class<?> entry) {
    this.entry = entry;
  }

  /** Defines a job. */
  interface Definition {
    void in(StreamExecutionEnvironment env);
  }

  /** What a configuration makes of a job. */
  record Job(KafkaSettings kafka, Duration checkpointInterval, Definition definition) {
    /** Ids of the vertices with an operator that is never more than one, as Flink names them. */
    Set<String> idsOfSingleVertices() {
      Set<Object> single = new TreeSet<>();
      for (StreamNode node : graph(2).getStreamNodes()) {
        if (node.getParallelism() == 1) {
          single.add(node.getTransformationUID());
        }
      }
      Set<String> ids = new TreeSet<>();
      for (int parallelism : new int[] {1, 2}) {
        for (JobVertex vertex : graph(parallelism).getJobGraph().getVertices()) {
          boolean holdsOne =
              vertex.getOperatorIDs().stream()
                  .anyMatch(
                      id ->
                          id.getUserDefinedOperatorUid() != null
                              && single.contains(id.getUserDefinedOperatorUid()));
          if (holdsOne) {
            ids.add(vertex.getID().toHexString());
          }
        }
      }
      return ids;
    }

    private StreamGraph graph(int parallelism) {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
      env.setParallelism(parallelism);
      definition.in(env);
      return env.getStreamGraph();
    }
  }

  /** The word for the job: of its manifests, its file and its package. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Class<?> entry() {
    return entry;
  }

  abstract Job read(ConfigText text) throws ConfigException;

  /** Reads the gateway's configuration. */
  static GatewaySettings gateway(ConfigText text) throws ConfigException {
    return ConfigReader.read(GatewaySettings.class, GatewaySettings.DEFAULTS, text, Map.of());
  }

  /** A text that refers to mounted files, with all of them below a directory instead. */
  static ConfigText text(String source, String text, Path directory) {
    Matcher matcher = FILE.matcher(text);
    String local =
        matcher.replaceAll(found -> "\\${file:" + secret(directory, found.group(1)) + "}");
    return new ConfigText(source, local);
  }

  private static Path secret(Path directory, String mounted) {
    try {
      Path file = directory.resolve(mounted.substring(1));
      Files.createDirectories(file.getParent());
      return Files.writeString(file, "secret");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
