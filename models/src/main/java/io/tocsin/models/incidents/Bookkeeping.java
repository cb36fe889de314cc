// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Finding;
import io.tocsin.models.findings.FindingsRecord;
import io.tocsin.models.findings.Progress;
import io.tocsin.models.telemetry.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps an {@link IncidentBook}: groups findings into incidents, opens them, keeps them open while
 * their symptoms last, and closes them.
 *
 * <p>It knows event time only. As long as it is called at the times of all records and at every
 * {@link #nextDeadline}, in order, the same records give the same incidents.
 */
public final class Bookkeeping {
  /** Longer than nothing and shorter than anything that it decides. */
  private static final long SWEEP_MILLIS = 15_000;

  private static final long HOUR_MILLIS = 3_600_000;

  /** Of a finding that is held no more only its id is kept. */
  private static final int PAST_FOR_ONE_POOLED = 4;

  private final IncidentSettings settings;
  private final IncidentReport report;
  private final Gathering gathering;
  private final long window;
  private final long retention;

  /**
   * @param settings when findings become an incident
   * @param resolvedRetention how long an incident that is over is remembered, in ms
   */
  public Bookkeeping(IncidentSettings settings, long resolvedRetention) {
    this.settings = settings;
    this.window = settings.window().toMillis();
    this.retention = resolvedRetention;
    this.report = new IncidentReport(settings);
    this.gathering = new Gathering(settings, report);
  }

  /**
   * Brings a book up to a time.
   *
   * @param released the records of that time, or of the time since the last call; in any order
   * @param knowledge what is known beside findings
   * @param time event time, ms since the epoch; never decreasing
   * @return what has happened to incidents, in order
   */
  public List<Incident> advance(
      IncidentBook book, List<FindingsRecord> released, Knowledge knowledge, long time) {
    Surroundings surroundings = new Surroundings(book, knowledge, time);
    Set<String> touched = observe(surroundings, released);
    List<Incident> transitions = new ArrayList<>();
    boolean sweeps = Math.floorDiv(time, SWEEP_MILLIS) > Math.floorDiv(book.time(), SWEEP_MILLIS);
    if (sweeps) {
      sweep(book, time);
      book.rename(surroundings::resolve);
    }
    gathering.join(surroundings, touched);
    gathering.open(surroundings, touched, transitions);
    if (sweeps) {
      gathering.split(surroundings, transitions);
    }
    settle(surroundings, transitions);
    evict(book);
    book.time(time);
    return transitions;
  }

  /** When a book must be brought up to date though nothing comes; MAX_VALUE when never. */
  public long nextDeadline(IncidentBook book) {
    long next = Long.MAX_VALUE;
    if (!book.pool().isEmpty() || !book.open().isEmpty() || !book.resolved().isEmpty()) {
      next = (Math.floorDiv(book.time(), SWEEP_MILLIS) + 1) * SWEEP_MILLIS;
    } else if (!book.watched().isEmpty() || !book.past().isEmpty()) {
      next = (Math.floorDiv(book.time(), HOUR_MILLIS) + 1) * HOUR_MILLIS;
    }
    for (OpenIncident incident : book.open()) {
      long quietSince = incident.quietSince();
      long closing = quietSince == 0 ? Long.MAX_VALUE : quietSince + settings.holdOff().toMillis();
      long weighing = incident.nextWeighing(settings.updateInterval().toMillis());
      next = Math.min(next, Math.max(book.time() + 1, Math.min(closing, weighing)));
    }
    return next;
  }

  /** Takes in what the records say; returns the ids of findings that may change something. */
  private Set<String> observe(Surroundings surroundings, List<FindingsRecord> released) {
    IncidentBook book = surroundings.book();
    long time = surroundings.time();
    List<Finding> findings = new ArrayList<>();
    for (FindingsRecord each : released) {
      Finding finding = each.finding();
      Progress progress = each.progress();
      if (finding != null) {
        findings.add(finding.about(surroundings.resolve(finding.entity())));
      } else if (progress != null) {
        for (Entity entity : progress.watched()) {
          book.watch(surroundings.resolve(entity).withoutInstance(), time);
        }
      }
    }
    findings.sort(
        Comparator.comparingLong(Finding::time)
            .thenComparing(Finding::id)
            .thenComparing(Finding::phase)
            .thenComparingDouble(Finding::score));
    Set<String> touched = new LinkedHashSet<>();
    for (Finding finding : findings) {
      if (!updateMember(book, finding)
          && !book.wasHere(finding)
          && updatePool(book, finding, time)) {
        touched.add(finding.id());
      }
    }
    return touched;
  }

  /**
   * Tells whether it was news: after a restart, records come that were here before; some of series
   * that have fallen silent since.
   */
  @SuppressWarnings("ReferenceEquality") // a deviation that learns nothing new gives itself
  private boolean updatePool(IncidentBook book, Finding finding, long time) {
    Deviation known = book.pool().get(finding.id());
    Deviation now = known == null ? Deviation.of(finding) : known.with(finding);
    book.pool().put(finding.id(), isSilent(now, time) ? now.silenced() : now);
    return now != known;
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private static boolean updateMember(IncidentBook book, Finding finding) {
    for (OpenIncident incident : book.open()) {
      Deviation member = incident.member(finding.id());
      if (member != null) {
        Deviation now = member.with(finding);
        if (now != member) {
          incident.put(now);
        }
        return true;
      }
    }
    return false;
  }

  private void settle(Surroundings surroundings, List<Incident> transitions) {
    IncidentBook book = surroundings.book();
    long time = surroundings.time();
    for (OpenIncident incident : List.copyOf(book.open())) {
      long quietSince = incident.quietSince();
      if (quietSince != 0 && time >= quietSince + settings.holdOff().toMillis()) {
        transitions.add(report.resolved(incident, surroundings, quietSince));
        book.close(incident);
      } else if (time >= incident.nextWeighing(settings.updateInterval().toMillis())) {
        Incident update = report.weigh(incident, surroundings);
        if (update != null) {
          transitions.add(update);
        }
      }
    }
  }

  /** Ends findings that have fallen silent and forgets what cannot matter any more. */
  private void sweep(IncidentBook book, long time) {
    for (OpenIncident incident : book.open()) {
      for (Deviation member : List.copyOf(incident.members())) {
        if (isSilent(member, time)) {
          incident.put(member.silenced());
        }
      }
    }
    book.pool().replaceAll((id, each) -> isSilent(each, time) ? each.silenced() : each);
    book.pool().values().stream()
        .filter(each -> each.over() && each.last().arrival() < time - window)
        .toList()
        .forEach(book::forget);
    book.resolved().removeIf(told -> told.incident().time() < time - retention);
    long rememberedSince = time - settings.watchedRetention().toMillis();
    book.unwatch(each -> each.getValue() < rememberedSince);
    book.past().values().removeIf(arrival -> arrival < rememberedSince);
  }

  private boolean isSilent(Deviation deviation, long time) {
    IncidentSettings.Silence silence = settings.silence();
    long patience =
        Math.max(
            silence.least().toMillis(), silence.intervals() * deviation.last().intervalMillis());
    return !deviation.over() && time > deviation.last().arrival() + patience;
  }

  /** Bounds what is kept: a tenth more goes than must, so that a flood does not sort each time. */
  private void evict(IncidentBook book) {
    int pooled = settings.limits().pooled();
    List<Deviation> weakest = excess(book.pool().values(), pooled, Deviation.DISPENSABLE_FIRST);
    weakest.forEach(book::forget);
    book.exceeded().add(Limit.POOLED, weakest.size());
    List<Map.Entry<Entity, Long>> unseen = earliest(book.watched(), settings.limits().watched());
    if (!unseen.isEmpty()) {
      book.unwatch(new HashSet<>(unseen)::contains);
      book.exceeded().add(Limit.WATCHED, unseen.size());
    }
    List<Map.Entry<String, Long>> oldest = earliest(book.past(), PAST_FOR_ONE_POOLED * pooled);
    oldest.forEach(each -> book.past().remove(each.getKey()));
    book.exceeded().add(Limit.PAST, oldest.size());
  }

  private static <K> List<Map.Entry<K, Long>> earliest(Map<K, Long> times, int most) {
    Comparator<Map.Entry<K, Long>> earliestFirst =
        Map.Entry.<K, Long>comparingByValue().thenComparing(each -> "" + each.getKey());
    return excess(times.entrySet(), most, earliestFirst);
  }

  private static <T> List<T> excess(Collection<T> all, int most, Comparator<? super T> order) {
    return all.size() <= most
        ? List.of()
        : all.stream().sorted(order).limit(all.size() - most * 9L / 10).toList();
  }
}
