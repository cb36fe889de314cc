// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.environment.JobEnvironment;
import io.tocsin.jobs.health.Cost;
import io.tocsin.jobs.kafka.KafkaSettings;
import io.tocsin.jobs.metrics.WatchSettings;
import io.tocsin.models.detectors.BandDetector;
import io.tocsin.models.detectors.BandSettings;
import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.entities.EntitySettings;
import io.tocsin.models.logs.CountedPatterns;
import io.tocsin.models.logs.LogListener;
import io.tocsin.models.logs.LogPolicies;
import io.tocsin.models.logs.LogScorer;
import io.tocsin.models.logs.LogSettings;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.series.SeriesSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the logs job.
 *
 * @param kafka where the topics are
 * @param inputs the topics with log lines, and what their records are
 * @param lines how lines are counted, and when a pattern is news
 * @param patterns how patterns are found
 * @param series how the series of counts are kept
 * @param band the detector of counts
 * @param episodes when deviating counts become a finding, and when it is over
 * @param together when what several counts of a service do together is unusual
 * @param counts where the counts of chosen patterns go, or nothing
 * @param lateness by how much the clocks of those who write to Kafka may differ
 * @param idleness a partition silent for this long does not hold the others' time back
 * @param learnUntil what arrived before this time is learned from, and nobody is told of it
 * @param checkpointInterval how often state is saved
 * @param coreHourUsd what an hour of a core costs, in US dollars, for what the job says it costs
 */
public record LogsSettings(
    KafkaSettings kafka,
    List<LogInputSettings> inputs,
    LogSettings lines,
    PatternSettings patterns,
    SeriesSettings series,
    BandSettings band,
    EpisodeSettings episodes,
    EntitySettings together,
    @Nullable CountOutputSettings counts,
    Duration lateness,
    Duration idleness,
    @Nullable Instant learnUntil,
    Duration checkpointInterval,
    double coreHourUsd)
    implements Serializable {

  /** What is shipped. */
  public static final LogsSettings DEFAULTS =
      new LogsSettings(
          new KafkaSettings("localhost:9092", "tocsin-logs", KafkaSettings.COMMITTED, Map.of()),
          List.of(LogInputSettings.of(Topic.LOGS.topicName(), LogFormat.JSON)),
          LogSettings.DEFAULTS,
          PatternSettings.DEFAULTS,
          SeriesSettings.DEFAULTS,
          BandSettings.DEFAULTS,
          EpisodeSettings.DEFAULTS,
          EntitySettings.DEFAULTS,
          null,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          null,
          Duration.ofSeconds(10),
          Cost.USUAL_CORE_HOUR_USD);

  public LogsSettings {
    inputs = List.copyOf(inputs);
    Set<String> topics = new HashSet<>();
    for (LogInputSettings input : inputs) {
      if (!topics.add(input.topic())) {
        throw new IllegalArgumentException("inputs must name the topic " + input.topic() + " once");
      }
    }
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("inputs must name at least one topic");
    }
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness must not be negative");
    }
    if (idleness.toMillis() <= 0 || checkpointInterval.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "idleness and checkpointInterval must be longer than zero");
    }
    if (!(coreHourUsd >= 0)) {
      throw new IllegalArgumentException("coreHourUsd must not be negative");
    }
  }

  void applyTo(StreamExecutionEnvironment env) {
    JobEnvironment.prepare(env, checkpointInterval);
  }

  WatchSettings watch() {
    return new WatchSettings(together, episodes, band, learnUntil, coreHourUsd, LogPolicies::new);
  }

  long silentBefore() {
    return learnUntil == null ? Long.MIN_VALUE : learnUntil.toEpochMilli();
  }

  LogScorer scorer(LogListener listener) {
    CountedPatterns counted = counts == null ? CountedPatterns.NONE : counts.counted();
    LogScorer.Scoring scoring =
        new LogScorer.Scoring(series, episodes, new BandDetector(band), counted);
    return new LogScorer(lines, patterns, scoring, listener);
  }

  /** All topics that are read: that of the heartbeats, too. */
  List<String> topics() {
    Set<String> topics = new java.util.TreeSet<>(Set.of(Topic.LOGS.topicName()));
    inputs.forEach(input -> topics.add(input.topic()));
    return List.copyOf(topics);
  }
}
