// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.detectors.Verdict;
import io.tocsin.models.entities.EntityEpisode.About;
import io.tocsin.models.entities.EntityEpisode.Kind;
import io.tocsin.models.findings.Contribution;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rows.Row;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.LabelBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds entities of which more series deviate at the same time than chance would have it: twenty
 * weak deviations of one service count, twenty of a thousand services do not. For workloads,
 * machines and running copies alike, since all it needs to know of a new one, the fleet tells.
 *
 * <p>A tick's probabilities are weighed together, so that what is found stays mostly true however
 * many entities there are. Entities are divided into groups by a hash, and each group gets its part
 * of what may be found falsely, so that no one must see all entities.
 */
final class Shares {
  static final String DETECTOR = "share";

  /** Series that a finding names. */
  private static final int NAMED = 5;

  /** Probabilities are not told apart below. */
  private static final double LEAST_PROBABILITY = 1e-300;

  private static final Memory FLEET = new Memory(86_400_000);

  private final EntitySettings settings;
  private final ShareModel model;
  private final EntityEpisode episode;
  private final Row row = new Row();
  private final Row share = new Row();
  private final List<Together> judged = new ArrayList<>();
  private double[] probabilities = new double[16];

  Shares(EntitySettings settings, EpisodeSettings episodes, Consumer<Finding> listener) {
    this.settings = settings;
    this.model = new ShareModel(settings);
    this.episode = new EntityEpisode(new Kind(DETECTOR, "ratio", true), episodes, listener);
  }

  EntityEpisode episode() {
    return episode;
  }

  /** Moves to a row. */
  void move(EntityTable table, int to) {
    table.rows.read(to, row);
    table.rows.read(to, EntityTable.EPISODE, episode.row());
    table.rows.read(to, EntityTable.SHARE, share);
  }

  /**
   * Judges and learns a tick.
   *
   * @param all entities and copies that have rows, in a fixed order
   */
  void close(EntityTable table, List<Together> all, long time) {
    gather(all);
    for (int i = 0; i < judged.size(); i++) {
      Together each = judged.get(i);
      move(table, each.row);
      each.probability = model.probability(share, table.fleetShare, each.deviating(), each.series);
      probabilities[i] = each.probability;
    }
    double part = settings.falseDiscoveries() / EntryBuffer.GROUPS;
    double boundary =
        Math.min(
            settings.shareChance(), FalseDiscovery.boundary(probabilities, judged.size(), part));
    double shares = 0;
    for (Together each : judged) {
      move(table, each.row);
      shares += close(table, each, boundary, time);
    }
    if (!judged.isEmpty()) {
      double rate = FLEET.rate(table.fleetTicks + NAMED, Judged.TICK_MILLIS);
      table.fleetShare += rate * (shares / judged.size() - table.fleetShare);
      table.fleetTicks = Math.min(1_000_000, table.fleetTicks + 1);
    }
  }

  private void gather(List<Together> all) {
    judged.clear();
    for (Together each : all) {
      if (each.series >= settings.leastSeries()) {
        judged.add(each);
      }
    }
    if (probabilities.length < judged.size()) {
      probabilities = new double[2 * judged.size()];
    }
  }

  /** Gives the share as far as it is believed. */
  private double close(EntityTable table, Together of, double boundary, long time) {
    double interval = row.getFloat(EntityTable.INTERVAL);
    double score = score(of.probability, boundary);
    if (episode.step(time, interval, score, Direction.UP)) {
      About about = new About(table.entity(of.row), time, interval);
      episode.tell(row, EntityTable.ROLE, about, said(table, of, score, boundary));
    }
    double usual = model.usual(share, table.fleetShare);
    double believed = model.clipped(share, usual, of.deviating(), of.series);
    long last = row.getLong(EntityTable.LAST);
    double elapsed = last == 0 ? 0 : (double) time - last;
    double weight = episode.learningWeight();
    model.learn(share, table.fleetShare, of.deviating(), of.series, elapsed, weight);
    return weight * believed + (1 - weight) * table.fleetShare;
  }

  /** The root, so that scores grow as deviations do: a normal tail falls with the square. */
  private static double score(double probability, double boundary) {
    if (probability >= 1) {
      return 0;
    }
    double ratio = Math.log(Math.max(LEAST_PROBABILITY, probability)) / Math.log(boundary);
    return Math.min(Verdict.MAX_SCORE, Math.sqrt(ratio));
  }

  private Said said(EntityTable table, Together of, double score, double boundary) {
    List<Contribution> contributions = new ArrayList<>();
    double total = of.total();
    byte[] bytes = of.bytes();
    for (int at : of.strongest(NAMED)) {
      double strength = Entry.score(bytes, at);
      contributions.add(
          new Contribution(
              LabelBytes.read(bytes, at + Entry.BYTES, Entry.labelBytes(bytes, at)),
              Entry.role(bytes, at),
              Math.copySign(strength, Entry.deviation(bytes, at)),
              strength / total));
    }
    return new Said(
        score,
        (double) of.deviating() / of.series,
        model.usual(share, table.fleetShare),
        0,
        model.boundary(share, table.fleetShare, boundary, of.series),
        Direction.UP,
        contributions);
  }
}
