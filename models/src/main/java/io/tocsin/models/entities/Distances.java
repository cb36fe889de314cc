// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.entities.EntityEpisode.About;
import io.tocsin.models.entities.EntityEpisode.Kind;
import io.tocsin.models.entities.RelationModel.Moment;
import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rows.Row;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Finds entities whose key metrics are, taken together, farther from what was expected than usual,
 * or do not move together as they do else. Only for what survives a running copy, since how metrics
 * move together takes hours to learn; of a metric that several copies have, the mean counts.
 */
final class Distances {
  static final String DISTANCE = "distance";
  static final String RELATION = "relation";

  /** Of fewer metrics, there is nothing to be said that each does not say for itself. */
  private static final int LEAST_METRICS = 3;

  private static final int NAMED = 5;

  /** Distances below say nothing; and nothing is found below the other, in boundaries. */
  private static final double LEAST_LEARNED = 0.02;

  private static final double LEAST_FOUND = 0.3;

  private final OwnTail tail;
  private final RelationModel relation;
  private final EntityEpisode distanceEpisode;
  private final EntityEpisode relationEpisode;
  private final Moment moment = new Moment();
  private final Row row = new Row();
  private final Row shortRow = new Row();
  private final Row tailRow = new Row();
  private final Row keys = new Row();
  private final Row relationRow = new Row();
  private byte[][] labels = new byte[0][];

  Distances(EntitySettings settings, EpisodeSettings episodes, Consumer<Finding> listener) {
    tail = new OwnTail(settings, LEAST_LEARNED);
    relation = new RelationModel(settings);
    distanceEpisode = new EntityEpisode(new Kind(DISTANCE, "", true), episodes, listener);
    // That metrics do not move together as they did explains, and is felt by nobody as such.
    relationEpisode = new EntityEpisode(new Kind(RELATION, "", false), episodes, listener);
  }

  /** Moves to a row of the long ones. */
  void move(EntityTable table, int to) {
    table.distances.read(to, row);
    table.distances.read(to, EntityTable.DISTANCE_EPISODE, distanceEpisode.row());
    table.distances.read(to, EntityTable.RELATION_EPISODE, relationEpisode.row());
    table.distances.read(to, EntityTable.TAIL, tailRow);
    table.distances.read(to, EntityTable.KEYS, keys);
    table.distances.read(to, EntityTable.RELATION, relationRow);
    labels = table.keyLabels(to);
  }

  boolean active() {
    return distanceEpisode.active() || relationEpisode.active();
  }

  void end(About about) {
    distanceEpisode.end(row, EntityTable.DISTANCE_ROLE, about);
    relationEpisode.end(row, EntityTable.RELATION_ROLE, about);
  }

  /** Judges and learns what a tick says of an entity that has a row. */
  void close(EntityTable table, Tick tick, Tick.Whole whole, long time) {
    table.rows.read(whole.all().row, shortRow);
    int distance = shortRow.getInt(EntityTable.DISTANCE) - 1;
    if (distance < 0) {
      if (whole.metricsEnd - whole.firstMetric < LEAST_METRICS) {
        return;
      }
      distance = table.addDistance();
      shortRow.setInt(EntityTable.DISTANCE, distance + 1);
    }
    move(table, distance);
    double interval = shortRow.getFloat(EntityTable.INTERVAL);
    gather(tick, whole, time, interval);
    if (moment.count() < LEAST_METRICS) {
      return;
    }
    Entity entity = table.entity(whole.all().row);
    long last = shortRow.getLong(EntityTable.LAST);
    double elapsed = last == 0 ? 0 : (double) time - last;
    closeDistance(entity, time, elapsed, interval);
    closeRelation(entity, time, elapsed, interval);
  }

  private void gather(Tick tick, Tick.Whole whole, long time, double interval) {
    long slots = KeyMetrics.bits(keys);
    for (int metric = whole.firstMetric; metric < whole.metricsEnd; metric++) {
      long hash = tick.key(metric);
      // Of an entity with many metrics hardly any has a slot.
      int slot = (slots >>> hash & 1) != 0 ? KeyMetrics.find(keys, hash) : -1;
      if (slot < 0 && tick.isNamed(metric)) {
        slot = KeyMetrics.offer(keys, hash, tick.role(metric), time);
        if (slot >= 0) {
          KeyMetrics.take(keys, slot, hash, tick.role(metric));
          RelationModel.reset(relationRow, slot);
          labels[slot] = tick.labels(metric);
          slots = KeyMetrics.bits(keys);
        }
      }
      if (slot >= 0) {
        KeyMetrics.set(keys, slot, time, tick.deviation(metric));
        KeyMetrics.counted(keys, slot);
      }
    }
    moment.clear();
    for (int slot = 0; slot < KeyMetrics.MOST; slot++) {
      if (KeyMetrics.used(keys, slot)) {
        moment.slots = slot + 1;
        moment.present[slot] = KeyMetrics.current(keys, slot, time, interval);
        moment.deviation[slot] = moment.present[slot] ? KeyMetrics.deviation(keys, slot) : 0;
      }
    }
  }

  private void closeDistance(Entity entity, long time, double elapsed, double interval) {
    double observed = moment.distance();
    double boundary = Math.max(LEAST_FOUND, tail.boundary(tailRow, interval));
    double score = tail.ready(tailRow) ? Math.min(Verdict.MAX_SCORE, observed / boundary) : 0;
    if (distanceEpisode.step(time, interval, score, Direction.UP)) {
      Said said =
          new Said(
              score,
              observed,
              tail.usual(tailRow),
              0,
              boundary,
              Direction.UP,
              contributions(slot -> moment.deviation[slot] * moment.deviation[slot]));
      About about = new About(entity, time, interval);
      distanceEpisode.tell(row, EntityTable.DISTANCE_ROLE, about, said);
    }
    tail.learn(tailRow, observed, elapsed, interval, distanceEpisode.learningWeight());
  }

  private void closeRelation(Entity entity, long time, double elapsed, double interval) {
    relation.judge(relationRow, keys, moment);
    double score = Math.min(Verdict.MAX_SCORE, relation.score());
    int top = top();
    double expected = relation.expected(moment, top);
    Direction direction = moment.deviation[top] >= expected ? Direction.UP : Direction.DOWN;
    if (relationEpisode.step(time, interval, score, direction)) {
      Said said =
          new Said(
              score,
              moment.deviation[top],
              expected,
              expected - relation.halfWidth(top),
              expected + relation.halfWidth(top),
              direction,
              contributions(slot -> relation.part(moment, slot)));
      About about = new About(entity, time, interval);
      relationEpisode.tell(row, EntityTable.RELATION_ROLE, about, said);
    }
    relation.learn(relationRow, keys, moment, elapsed, relationEpisode.learningWeight());
  }

  /** The metric that has most part in the broken relation. */
  private int top() {
    int top = 0;
    for (int slot = 1; slot < moment.slots; slot++) {
      if (relation.part(moment, slot) > relation.part(moment, top)) {
        top = slot;
      }
    }
    return top;
  }

  /** The part of a metric in what was found; what lessens it has none. */
  private interface Part {
    double of(int slot);
  }

  private List<Contribution> contributions(Part part) {
    double total = 0;
    for (int slot = 0; slot < moment.slots; slot++) {
      total += Math.max(0, part.of(slot));
    }
    double all = Math.max(Double.MIN_NORMAL, total);
    List<Contribution> contributions = new ArrayList<>();
    IntStream.range(0, moment.slots)
        .filter(slot -> part.of(slot) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer slot) -> -part.of(slot)))
        .limit(NAMED)
        .forEach(slot -> contributions.add(contribution(slot, part.of(slot) / all)));
    return contributions;
  }

  private Contribution contribution(int slot, double part) {
    return new Contribution(
        LabelBytes.read(labels[slot], 0, labels[slot].length),
        KeyMetrics.role(keys, slot),
        moment.deviation[slot],
        part);
  }
}
