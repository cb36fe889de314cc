// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.FateCounts;
import io.tocsin.models.topology.EntityNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of one cluster: those that are open, recent findings that belong to none, and what
 * is being watched. {@link Bookkeeping} writes it; not safe for several threads.
 */
public final class IncidentBook {
  private static final long DAY_MILLIS = 24 * 3_600_000;

  private long time;
  private OpenedOfDay openedOfDay = OpenedOfDay.NONE;
  private final TreeMap<String, Deviation> pool = new TreeMap<>();
  private final TreeMap<String, OpenIncident> open = new TreeMap<>();
  private final TreeMap<String, Told> resolved = new TreeMap<>();
  private final Map<Entity, Long> watched = new HashMap<>();
  private long watchedVersion;

  /** Those that are watched by their names, made when it is asked for; null when outdated. */
  private @Nullable Map<String, List<Entity>> watchedByName;

  /** Ids of findings that were here, with the arrival of their last record. */
  private final Map<String, Long> past = new HashMap<>();

  /** Given away before a book is stored, so it is not. */
  private final FateCounts<Limit> exceeded = new FateCounts<>(Limit.values());

  /** An empty book. */
  public IncidentBook() {}

  /** A book with what was stored. */
  public IncidentBook(BookPages pages) {
    time = pages.time();
    pages.pool().forEach(deviation -> pool.put(deviation.id(), deviation));
    pages.open().stream().map(OpenIncident::new).forEach(this::open);
    pages.resolved().forEach(this::resolve);
    watched.putAll(pages.watched());
    past.putAll(pages.past());
    openedOfDay = pages.openedOfDay();
  }

  /** What it holds, to be stored or copied; shares nothing that can change. */
  public BookPages pages() {
    return new BookPages(
        time,
        List.copyOf(pool.values()),
        open.values().stream().map(OpenIncident::file).toList(),
        List.copyOf(resolved.values()),
        watched,
        past,
        openedOfDay);
  }

  /** Whether it holds nothing that matters any more. */
  public boolean isEmpty() {
    return pool.isEmpty()
        && open.isEmpty()
        && resolved.isEmpty()
        && watched.isEmpty()
        && past.isEmpty();
  }

  /** The incidents that last, and those that ended a short while ago. */
  public List<Told> told() {
    List<Told> all = new ArrayList<>(resolved.values());
    open.values().forEach(each -> all.add(new Told(each.told(), each.openedAs())));
    return all;
  }

  /**
   * The severity an incident was opened with.
   *
   * @throws java.util.NoSuchElementException when it is unknown or forgotten
   */
  public Severity openedAs(String id) {
    return told().stream()
        .filter(each -> each.incident().id().equals(id))
        .findFirst()
        .orElseThrow()
        .openedAs();
  }

  /** Up to when it was brought last, event time in ms since the epoch; 0 at the beginning. */
  public long time() {
    return time;
  }

  void time(long now) {
    time = now;
  }

  /** How much found no room, to be drained by whoever counts that. */
  public FateCounts<Limit> exceeded() {
    return exceeded;
  }

  /** Counts an incident that is opened; returns the how manieth of its day it is. */
  int countOpened(long now) {
    openedOfDay = openedOfDay.next(Math.floorDiv(now, DAY_MILLIS));
    return openedOfDay.incidents();
  }

  Map<String, Deviation> pool() {
    return pool;
  }

  Collection<OpenIncident> open() {
    return open.values();
  }

  void open(OpenIncident incident) {
    open.put(incident.id(), incident);
  }

  /** Closes an incident; of its findings is kept that they were here. */
  void close(OpenIncident incident) {
    open.remove(incident.id());
    incident.members().forEach(this::forget);
    resolve(new Told(incident.told(), incident.openedAs()));
  }

  private void resolve(Told incident) {
    resolved.put(incident.incident().id(), incident);
  }

  Collection<Told> resolved() {
    return resolved.values();
  }

  /** Takes away the memory of an incident that is over; null when there is none. */
  @Nullable Told reopen(String id) {
    return resolved.remove(id);
  }

  /** When each entity was last named as watched; by more than how calls to it go. */
  Map<Entity, Long> watched() {
    return Collections.unmodifiableMap(watched);
  }

  /** Another number when others are watched than before; not stored. */
  long watchedVersion() {
    return watchedVersion;
  }

  /** Whether it is heard of by more than how calls to it go. */
  boolean isWatched(Entity entity) {
    if (watchedByName == null) {
      watchedByName = new HashMap<>();
      for (Entity each : watched.keySet()) {
        for (String name : EntityNames.of(each)) {
          watchedByName.computeIfAbsent(name, any -> new ArrayList<>(1)).add(each);
        }
      }
    }
    for (String name : EntityNames.of(entity)) {
      for (Entity each : watchedByName.getOrDefault(name, List.of())) {
        if (EntityNames.fit(each, entity)) {
          return true;
        }
      }
    }
    return false;
  }

  void watch(Entity entity, long now) {
    othersWatched(watched.put(entity, now) == null);
  }

  void unwatch(Predicate<Map.Entry<Entity, Long>> condition) {
    othersWatched(watched.entrySet().removeIf(condition));
  }

  /** Has those that are watched named as they are known now. */
  void rename(UnaryOperator<Entity> names) {
    Map<Entity, Long> renamed = new HashMap<>();
    watched.forEach(
        (entity, seen) -> {
          Entity now = names.apply(entity).withoutInstance();
          if (!now.equals(entity)) {
            renamed.merge(now, seen, Math::max);
          }
        });
    if (!renamed.isEmpty()) {
      watched.keySet().removeIf(each -> !names.apply(each).withoutInstance().equals(each));
      renamed.forEach((entity, seen) -> watched.merge(entity, seen, Math::max));
      othersWatched(true);
    }
  }

  private void othersWatched(boolean others) {
    if (others) {
      watchedVersion++;
      watchedByName = null;
    }
  }

  Map<String, Long> past() {
    return past;
  }

  /** Keeps of a finding only that it was here. */
  void forget(Deviation deviation) {
    pool.remove(deviation.id());
    past.put(deviation.id(), deviation.last().arrival());
  }

  /** Whether a record that belongs to nothing here was here before. */
  boolean wasHere(Finding finding) {
    Long last = past.get(finding.id());
    return last != null && finding.arrival() <= last;
  }

  /**
   * The open incident that satisfies a condition, the one opened first; null when there is none.
   */
  @Nullable OpenIncident firstOpen(Predicate<OpenIncident> condition) {
    OpenIncident first = null;
    for (OpenIncident each : open.values()) {
      boolean earlier = first == null || each.told().opened() < first.told().opened();
      if (earlier && condition.test(each)) {
        first = each;
      }
    }
    return first;
  }
}
