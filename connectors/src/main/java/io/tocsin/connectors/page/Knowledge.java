// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.connectors.topics.TopicFollower;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What Kafka has told of incidents, findings, metrics and patterns, and goes on telling. */
final class Knowledge implements AutoCloseable {
  /** Incidents that can still be looked at have findings no older. */
  private static final Duration FINDINGS_PAST = Duration.ofDays(1);

  private static final int MOST_TRAILS = 20_000;

  private final Stories stories;
  private final Trails trails = new Trails(MOST_TRAILS);
  private final Patterns patterns;
  private final Histories histories;
  private List<TopicFollower<?>> followers = List.of();

  Knowledge(PageSettings settings, Histories.Reader metrics) {
    histories = new Histories(metrics);
    stories = new Stories(settings.incidents());
    patterns = new Patterns(settings.patterns());
  }

  /** Begins to read. */
  void follow(Map<String, Object> kafka) {
    followers =
        List.of(
            new TopicFollower<>(
                kafka,
                new TopicFollower.Source<>(Topic.INCIDENTS, Codecs.INCIDENTS),
                Topic.INCIDENTS.retention(),
                stories::take),
            new TopicFollower<>(
                kafka,
                new TopicFollower.Source<>(Topic.FINDINGS, Codecs.FINDINGS),
                FINDINGS_PAST,
                trails::take),
            new TopicFollower<>(
                kafka,
                new TopicFollower.Source<>(Topic.PATTERNS, Codecs.PATTERNS),
                Topic.PATTERNS.retention(),
                patterns::take));
    followers.forEach(TopicFollower::start);
  }

  Histories histories() {
    return histories;
  }

  /** What is known of the values of a symptom or reason, the oldest first. */
  List<Trail.Point> points(Evidence evidence, Incident incident) {
    return Trail.merged(trails.of(evidence.finding()), histories.of(incident, evidence));
  }

  Stories stories() {
    return stories;
  }

  Trails trails() {
    return trails;
  }

  Patterns patterns() {
    return patterns;
  }

  /** Whether something that was there at the beginning is still being read. */
  boolean reading() {
    return followers.stream().anyMatch(follower -> !follower.caughtUp());
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
    histories.close();
  }
}
