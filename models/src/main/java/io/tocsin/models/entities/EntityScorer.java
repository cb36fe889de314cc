// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.detectors.EpisodeSettings;
import io.tocsin.models.entities.EntityEpisode.About;
import io.tocsin.models.findings.Finding;
import io.tocsin.models.rows.Row;
import io.tocsin.models.series.Judged;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.LabelBytes;
import io.tocsin.models.telemetry.Labels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks at all series of an entity together, tick by tick of arrival. Holds settings and cursors;
 * what it learns lies in the {@link EntityTable} that each call names. The same entries give the
 * same findings, in whatever order they come within a tick. Not safe for several threads.
 */
public final class EntityScorer {
  private static final double INTERVAL_RATE = 0.1;
  private static final double MOST_INTERVALS = 4;
  private static final long SILENCE_MILLIS = 300_000;
  private static final double SILENT_INTERVALS = 3;

  /** While nothing is said, what is silent is looked for at multiples of so many ticks. */
  private static final long RARE_TICKS = 60;

  /** So many buffers are kept to be filled again; after a backlog there may be many. */
  private static final int MOST_SPARE = 4;

  private final EntitySettings settings;
  private final Function<Labels, Entity> entities;
  private final Shares shares;
  private final Distances distances;
  private final AlarmBudget alarms;
  private final Row row = new Row();
  private final Tick tick;
  private final List<Together> all = new ArrayList<>();

  /** Of ticks that are closed, for those to come: they have grown to the size of a tick. */
  private final ArrayDeque<EntryBuffer> spare = new ArrayDeque<>();

  /**
   * A scorer.
   *
   * @param episodes when what deviates becomes a finding, as for single series
   * @param scorePerDigit by how much the score of a single series grows when what it shows is ten
   *     times as rare
   * @param entities tells what a series is about
   * @param listener takes findings about entities
   */
  public EntityScorer(
      EntitySettings settings,
      EpisodeSettings episodes,
      double scorePerDigit,
      Function<Labels, Entity> entities,
      Consumer<Finding> listener) {
    this.settings = settings;
    this.tick = new Tick(episodes.weak());
    this.entities = entities;
    this.shares = new Shares(settings, episodes, listener);
    this.distances = new Distances(settings, episodes, listener);
    this.alarms = new AlarmBudget(settings, scorePerDigit);
  }

  /**
   * Takes entries in; they are looked at when their tick is closed.
   *
   * @param tick its end, as {@link Judged#tick} says
   * @param entries as {@link EntryBuffer#take} gives them; copied
   * @return whether the tick is not over yet, so that they count
   */
  public boolean take(EntityTable table, long tick, byte[] entries) {
    return take(table, tick, entries, entries.length);
  }

  /** Takes in all entries of a buffer, which is empty afterwards. */
  public boolean take(EntityTable table, long tick, EntryBuffer entries) {
    boolean counts = take(table, tick, entries.bytes(), entries.length());
    entries.clear();
    return counts;
  }

  private boolean take(EntityTable table, long end, byte[] entries, int length) {
    if (end <= table.closed) {
      return false;
    }
    EntryBuffer pending = table.pending(end);
    if (pending == null) {
      pending = spare.isEmpty() ? new EntryBuffer() : spare.pop();
      table.pend(end, pending);
    }
    pending.add(entries, 0, length);
    return true;
  }

  /**
   * Findings of single series that arrive together in the order in which they are to be judged,
   * whatever order they came in: the strongest first, for where one alarm is enough it should be
   * that one; records of one finding by their times.
   */
  public static List<Finding> strongestFirst(Collection<Finding> together) {
    Map<String, Double> strongest = new HashMap<>();
    together.forEach(each -> strongest.merge(each.id(), each.score(), Math::max));
    Comparator<Finding> weakest =
        Comparator.comparingDouble(each -> strongest.getOrDefault(each.id(), 0.0));
    return together.stream()
        .sorted(
            weakest
                .reversed()
                .thenComparing(Finding::id)
                .thenComparingLong(Finding::time)
                .thenComparing(Finding::phase))
        .toList();
  }

  /**
   * Whether {@link #judge} may change a finding of a single series, or is changed by it; any other
   * may be told at once.
   */
  public static boolean concerns(Finding finding) {
    return AlarmBudget.concerns(finding);
  }

  /**
   * Holds a finding of a single series against the bar of its entity, after the ticks before its
   * arrival are closed; of those that arrive together in the order of {@link #strongestFirst}.
   *
   * @return what is to be told: the same, or weak evidence when it does not count
   */
  public Finding judge(EntityTable table, Finding finding) {
    return alarms.judge(table, finding);
  }

  /**
   * The score from which a finding of a single series of an entity counts.
   *
   * @param arrival of the sample that would lead to it, ms since the epoch
   */
  public double bar(EntityTable table, Entity entity, long arrival) {
    return alarms.bar(table, entity, arrival);
  }

  /**
   * Closes all ticks that are over, ends the findings of entities that are silent, and forgets
   * those that have been so for long.
   *
   * @param time a multiple of a tick, ms since the epoch
   */
  public void close(EntityTable table, long time) {
    while (table.firstPending() <= time) {
      long end = table.firstPending();
      EntryBuffer entries = table.takeFirstPending();
      tick.read(entries);
      closeTick(table, end);
      entries.clear();
      if (spare.size() < MOST_SPARE) {
        spare.push(entries);
      }
    }
    table.closed = Math.max(table.closed, time);
    table.passed.forgetBefore(time - settings.expiry().toMillis());
    for (int each = 0; each < table.rows.top(); each++) {
      if (table.rows.isUsed(each)) {
        sweep(table, each, time);
      }
    }
  }

  /** When {@link #close} is to be called next, or MAX_VALUE when there is nothing to be closed. */
  public long nextClose(EntityTable table) {
    if (table.rows.size() == 0 && table.passed.isEmpty()) {
      return table.firstPending();
    }
    // A finding may have passed before any tick was closed.
    long from =
        table.rows.size() > 0 ? table.closed : Math.max(table.closed, table.passed.earliest());
    boolean active = false;
    for (int each = 0; each < table.rows.top() && !active; each++) {
      active = table.rows.isUsed(each) && isActive(table, each);
    }
    long step = active ? Judged.TICK_MILLIS : RARE_TICKS * Judged.TICK_MILLIS;
    return Math.min(table.firstPending(), (Math.floorDiv(from, step) + 1) * step);
  }

  private void closeTick(EntityTable table, long time) {
    all.clear();
    for (Tick.Whole whole : tick.wholes()) {
      find(table, whole.all());
      for (Together copy : whole.copies) {
        find(table, copy);
      }
      add(table, whole.all(), time);
      for (Together copy : whole.copies) {
        add(table, copy, time);
      }
    }
    shares.close(table, all, time);
    for (Tick.Whole whole : tick.wholes()) {
      if (whole.all().row >= 0) {
        alarms.spoke(table, whole.all());
        distances.close(table, tick, whole, time);
      }
    }
    for (Together each : all) {
      table.rows.read(each.row, row);
      row.setLong(EntityTable.LAST, time);
    }
  }

  private void add(EntityTable table, Together together, long time) {
    if (together.row >= 0) {
      table.rows.read(together.row, row);
      learnInterval(row, time);
      all.add(together);
    }
  }

  /** An entity that is not known yet is added as soon as one of its series tells its labels. */
  private void find(EntityTable table, Together together) {
    together.row = table.find(together.hash);
    if (together.row < 0 && together.isNamed()) {
      byte[] labels = together.labels();
      Entity entity = entities.apply(LabelBytes.read(labels, 0, labels.length));
      together.row = table.add(together.hash, together.isCopy ? entity : entity.withoutInstance());
    }
  }

  private static void learnInterval(Row row, long time) {
    long last = row.getLong(EntityTable.LAST);
    double interval = row.getFloat(EntityTable.INTERVAL);
    if (last == 0) {
      row.setFloat(EntityTable.INTERVAL, Judged.TICK_MILLIS);
    } else {
      double elapsed = Math.min((double) time - last, MOST_INTERVALS * interval);
      row.setFloat(EntityTable.INTERVAL, interval + INTERVAL_RATE * (elapsed - interval));
    }
  }

  private boolean isActive(EntityTable table, int each) {
    shares.move(table, each);
    table.rows.read(each, row);
    int distance = row.getInt(EntityTable.DISTANCE) - 1;
    if (distance >= 0) {
      distances.move(table, distance);
    }
    return shares.episode().active() || (distance >= 0 && distances.active());
  }

  private void sweep(EntityTable table, int each, long time) {
    boolean active = isActive(table, each);
    long last = row.getLong(EntityTable.LAST);
    double interval = row.getFloat(EntityTable.INTERVAL);
    if (active && time - last > Math.max(SILENCE_MILLIS, SILENT_INTERVALS * interval)) {
      About about = new About(table.entity(each), time, interval);
      shares.episode().end(row, EntityTable.ROLE, about);
      if (row.getInt(EntityTable.DISTANCE) > 0) {
        distances.end(about);
      }
    }
    if (time - last > settings.expiry().toMillis()) {
      table.remove(each);
    }
  }
}
