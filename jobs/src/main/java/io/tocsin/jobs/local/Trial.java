// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Incident;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Has something played through Kafka, the gateway and the jobs in event time, as fast as they
 * follow, and gathers the incidents.
 */
public final class Trial {
  /** Of two jobs the one that lags more than a minute is not waited for any more. */
  private static final long MOST_AHEAD_MILLIS = 45_000;

  /** A change that is more than an hour ahead of the jobs is not believed. */
  private static final long MOST_AHEAD_OF_ONE_MILLIS = Duration.ofMinutes(30).toMillis();

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LocalRun run;
  private final Resources resources;
  private final int finders;
  private final Consumer<Finding> listener;
  private final List<Incident> transitions = new CopyOnWriteArrayList<>();
  private final TopicReader<?> findings;
  private final TopicReader<?> incidents;
  private final Map<String, Long> progress = new ConcurrentHashMap<>();

  private Trial(Session session, LocalSettings settings, Consumer<Finding> listener) {
    this.listener = listener;
    resources = session.resources();
    run = session.start(settings);
    finders = settings.logs().isEmpty() ? 1 : 2;
    String servers = run.bootstrapServers();
    findings =
        resources.add(new TopicReader<>(servers, Topic.FINDINGS, Codecs.FINDINGS, this::read));
    incidents =
        resources.add(
            new TopicReader<>(servers, Topic.INCIDENTS, Codecs.INCIDENTS, transitions::add));
  }

  /** What is played. */
  @FunctionalInterface
  public interface Play {
    /** Plays all of it, and has the trial {@link #follow} to its end. */
    void in(Trial trial) throws IOException, InterruptedException;
  }

  /**
   * Has metrics and changes played.
   *
   * @param known what the jobs are told beforehand
   * @param findings is told every record of every finding, in order, by a thread of its own
   * @return all transitions of all incidents, in order
   * @throws LocalRunException when something of it does not work
   */
  public static List<Incident> ofMetrics(KnownBefore known, Consumer<Finding> findings, Play play)
      throws InterruptedException {
    return of(LocalSettings.ofMetrics(known), findings, play);
  }

  /** Has something played to jobs with these settings. */
  static List<Incident> of(LocalSettings settings, Play play) throws InterruptedException {
    return of(settings, finding -> {}, play);
  }

  private static List<Incident> of(LocalSettings settings, Consumer<Finding> findings, Play play)
      throws InterruptedException {
    List<Incident> transitions = new ArrayList<>();
    Session.play(
        null,
        session -> {
          Trial trial = new Trial(session, settings, findings);
          trial.play(play);
          transitions.addAll(trial.transitions);
        });
    return List.copyOf(transitions);
  }

  private void play(Play play) throws InterruptedException {
    try {
      play.in(this);
    } catch (IOException e) {
      throw new LocalRunException("It cannot be played: %s.".formatted(Causes.first(e)), e);
    }
    awaitIncidents();
  }

  /** Where samples and changes go. */
  public URI gateway() {
    return run.gateway();
  }

  /** Where lines go. */
  String bootstrapServers() {
    return run.bootstrapServers();
  }

  /** Has something closed when the trial ends, however it does. */
  <T extends AutoCloseable> T add(T resource) {
    return resources.add(resource);
  }

  /**
   * Waits until the jobs are near a time: within half an hour, or, where lines are played too, so
   * near that none of the jobs is left behind.
   *
   * @param time event time in ms since the epoch
   */
  public void follow(long time) throws InterruptedException {
    long ahead = finders == 1 ? MOST_AHEAD_OF_ONE_MILLIS : MOST_AHEAD_MILLIS;
    await(() -> slowest() >= time - ahead);
  }

  private void read(FindingsRecord record) {
    Progress mark = record.progress();
    Finding finding = record.finding();
    if (mark != null) {
      progress.put(mark.source(), mark.time());
    } else if (finding != null) {
      listener.accept(finding);
    }
  }

  /** How far the job that is the slowest has come. */
  private long slowest() {
    return progress.size() < finders
        ? Long.MIN_VALUE
        : progress.values().stream().min(Long::compare).orElse(Long.MIN_VALUE);
  }

  private void await(BooleanSupplier what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!what.getAsBoolean()) {
      run.vitals().check();
      if (System.nanoTime() > deadline) {
        throw new LocalRunException(
            "The jobs have not followed for %d s.".formatted(PATIENCE.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** What was read when a checkpoint was taken is written by then. */
  private void awaitIncidents() throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.bootstrapServers()))) {
      long found = end(admin, Topic.FINDINGS);
      await(() -> committed(admin, partition(Topic.FINDINGS)) >= found);
      long told = end(admin, Topic.INCIDENTS);
      await(() -> findings.next() >= found && incidents.next() >= told);
    } catch (ExecutionException e) {
      throw new LocalRunException(
          "It is not known how far the incidents are: %s.".formatted(Causes.first(e)), e);
    }
  }

  private static long end(Admin admin, Topic topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(Map.of(partition(topic), OffsetSpec.latest()))
        .partitionResult(partition(topic))
        .get()
        .offset();
  }

  private static TopicPartition partition(Topic topic) {
    return new TopicPartition(topic.topicName(), 0);
  }

  private static long committed(Admin admin, TopicPartition partition) {
    try {
      var offset =
          admin
              .listConsumerGroupOffsets("tocsin-incidents")
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return offset == null ? -1 : offset.offset();
    } catch (ExecutionException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
