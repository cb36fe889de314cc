// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.avro.Codecs;
import io.tocsin.connectors.topics.Topic;
import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.KafkaLogSender;
import io.tocsin.jobs.shop.PlayerSettings;
import io.tocsin.jobs.shop.Shop;
import io.tocsin.jobs.shop.ShopPlayer;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.incidents.Incident;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Plays the shop through Kafka, the gateway and all jobs in event time, as fast as they follow, and
 * gathers the incidents. The shop has two weeks of history; what was changed, and who calls whom,
 * is told by its metrics alone.
 */
public final class ShopTrial {
  private static final Duration HISTORY = Duration.ofDays(14);
  private static final Duration COARSE_STEP = Duration.ofMinutes(5);
  private static final Duration RECENT = Duration.ofHours(4);
  private static final Duration LIVE_STEP = Duration.ofSeconds(15);

  /** Less than after which the job that lags is not waited for any more. */
  private static final long MOST_AHEAD_MILLIS = 45_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * What is played.
   *
   * @param seed of the shop
   * @param from when it goes live, event time in ms since the epoch
   * @param until when it ends; a while after the last fault, so that all incidents have ended
   */
  public record Plan(long seed, long from, long until, List<Fault> faults) {
    public Plan {
      faults = List.copyOf(faults);
    }
  }

  private final Plan plan;
  private final LongConsumer reached;
  private final Map<String, Long> progress = new ConcurrentHashMap<>();
  private final List<Incident> transitions = new CopyOnWriteArrayList<>();

  private ShopTrial(Plan plan, LongConsumer reached) {
    this.plan = plan;
    this.reached = reached;
  }

  /**
   * Plays a plan.
   *
   * @param reached is told the event time that was played, from the beginning of the history on
   * @return all transitions of all incidents, in order
   * @throws LocalRunException when something of it does not work
   */
  public static List<Incident> play(Plan plan, LongConsumer reached) throws InterruptedException {
    ShopTrial trial = new ShopTrial(plan, reached);
    Session.play(null, trial::in);
    return List.copyOf(trial.transitions);
  }

  private void in(Session session) throws InterruptedException {
    LocalRun run = session.start(LocalSettings.demo(List.of(), null));
    String servers = run.bootstrapServers();
    session
        .resources()
        .add(new TopicReader<>(servers, Topic.FINDINGS, Codecs.FINDINGS, this::read));
    session
        .resources()
        .add(new TopicReader<>(servers, Topic.INCIDENTS, Codecs.INCIDENTS, transitions::add));
    Shop shop = new Shop(plan.seed(), plan.from() - HISTORY.toMillis());
    PlayerSettings settings =
        new PlayerSettings(run.gateway(), COARSE_STEP, RECENT, LIVE_STEP, 1, true, null);
    ShopPlayer player =
        session.resources().add(new ShopPlayer(shop, settings, new KafkaLogSender(servers)));
    plan.faults().forEach(player::add);
    try {
      player.playHistory(plan.from(), reached);
      await(run, () -> slowest() >= plan.from() - MOST_AHEAD_MILLIS);
      player.playFast(plan.until(), time -> follow(run, time));
      await(run, () -> slowest() >= plan.until() - MOST_AHEAD_MILLIS);
      awaitIncidents(run);
    } catch (IOException e) {
      throw new LocalRunException("The shop cannot be played: %s.".formatted(Causes.first(e)), e);
    }
  }

  private void read(FindingsRecord record) {
    Progress mark = record.progress();
    if (mark != null) {
      progress.put(mark.source(), mark.time());
    }
  }

  /** How far the job that is the slowest has come. */
  private long slowest() {
    return progress.size() < 2
        ? Long.MIN_VALUE
        : progress.values().stream().min(Long::compare).orElse(Long.MIN_VALUE);
  }

  private void follow(LocalRun run, long time) throws InterruptedException {
    reached.accept(time);
    await(run, () -> slowest() >= time - MOST_AHEAD_MILLIS);
  }

  private static void await(LocalRun run, BooleanSupplier what) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!what.getAsBoolean()) {
      run.vitals().check();
      if (System.nanoTime() > deadline) {
        throw new LocalRunException(
            "The jobs have not followed the shop for %d s.".formatted(PATIENCE.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** What was read when a checkpoint was taken is written by then. */
  private void awaitIncidents(LocalRun run) throws InterruptedException {
    TopicPartition findings = new TopicPartition(Topic.FINDINGS.topicName(), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.bootstrapServers()))) {
      long end =
          admin
              .listOffsets(Map.of(findings, OffsetSpec.latest()))
              .partitionResult(findings)
              .get()
              .offset();
      await(run, () -> committed(admin, findings) >= end);
    } catch (ExecutionException e) {
      throw new LocalRunException(
          "It is not known how far the incidents are: %s.".formatted(Causes.first(e)), e);
    }
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
