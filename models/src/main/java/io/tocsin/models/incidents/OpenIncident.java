// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An incident that lasts: its findings, and what has been told about it. */
final class OpenIncident {
  private static final long UNKNOWN = -1;

  /** Until it is told of any; nothing is learned into them. */
  private static final Surroundings NOTHING =
      new Surroundings(
          new IncidentBook(), Knowledge.of(List.of(), new Topology(TopologySettings.DEFAULTS)), 0);

  private final Deviation opener;
  private Severity openedAs;
  private final TreeMap<String, Deviation> members = new TreeMap<>();

  /** The same, the first to go first. */
  private final TreeSet<Deviation> dispensable = new TreeSet<>(Deviation.DISPENSABLE_FIRST);

  private Incident told;
  private int findings;
  private int toldSubjects;
  private long weighed;
  private boolean news;
  private Surroundings surroundings = NOTHING;
  private long topologyVersion;
  private long watchedVersion;
  private @Nullable Kinship kinship;
  private boolean outdated;
  private long quietSince = UNKNOWN;

  /**
   * An incident that has not been told yet.
   *
   * @param opener the finding that opens it
   * @param blank its id, onset, opening and entity, and nothing else
   */
  OpenIncident(Deviation opener, Incident blank) {
    this.opener = opener;
    openedAs = blank.severity();
    told = blank;
  }

  OpenIncident(IncidentFile file) {
    opener = file.opener();
    openedAs = file.openedAs();
    told = file.told();
    findings = file.findings();
    toldSubjects = file.toldSubjects();
    weighed = file.weighed();
    news = file.news();
    file.members().forEach(this::replace);
  }

  IncidentFile file() {
    return new IncidentFile(
        opener,
        openedAs,
        List.copyOf(members.values()),
        told,
        findings,
        toldSubjects,
        weighed,
        news);
  }

  String id() {
    return told.id();
  }

  Incident told() {
    return told;
  }

  Severity openedAs() {
    return openedAs;
  }

  /** What opened it, such as it is known now. */
  Deviation opener() {
    return members.getOrDefault(opener.id(), opener);
  }

  Collection<Deviation> members() {
    return members.values();
  }

  @Nullable Deviation member(String id) {
    return members.get(id);
  }

  int findings() {
    return findings;
  }

  /**
   * Has who belongs here found anew, if others suffer, or others or other calls are known, than
   * when it was. What joins at one time is judged by who was there before, in whatever order it
   * comes.
   */
  @SuppressWarnings("ReferenceEquality") // another object may hold other edges
  void renew(Surroundings now) {
    Topology topology = now.topology();
    if (outdated
        || surroundings.topology() != topology
        || topologyVersion != topology.version()
        || watchedVersion != now.book().watchedVersion()) {
      kinship = null;
      outdated = false;
      surroundings = now;
      topologyVersion = topology.version();
      watchedVersion = now.book().watchedVersion();
    }
  }

  /** What ties a finding to it by place and time; null for nothing. */
  @Nullable Tie tie(Deviation deviation, Trouble trouble, long window) {
    return deviation.fresh() >= told.onset() - window ? kinship().tie(deviation, trouble) : null;
  }

  /** Whether something may have part in it. */
  boolean isNear(Entity entity) {
    return kinship().with(entity);
  }

  Kinship kinship() {
    if (kinship == null) {
      List<Deviation> involved = members.values().stream().filter(Deviation::strong).toList();
      Roots roots = Roots.of(opener(), involved, surroundings.topology());
      kinship = new Kinship(opener().last().entity(), involved, roots, surroundings);
    }
    return kinship;
  }

  /**
   * Takes a finding in unless there are too many stronger ones.
   *
   * @return for which there is no room: this one, or one that had to go for it; null for none
   */
  @Nullable Deviation join(Deviation deviation, int limit) {
    Deviation weakest = null;
    if (members.size() >= limit) {
      weakest = dispensable.first();
      if (Deviation.DISPENSABLE_FIRST.compare(weakest, deviation) >= 0) {
        return deviation;
      }
      remove(weakest);
    }
    findings++;
    put(deviation);
    return weakest;
  }

  private void remove(Deviation member) {
    Deviation known = members.remove(member.id());
    if (known != null) {
      dispensable.remove(known);
    }
    outdated = true;
  }

  /** Puts a member in its place; returns what was known of it. */
  private @Nullable Deviation replace(Deviation member) {
    Deviation before = members.put(member.id(), member);
    if (before != null) {
      dispensable.remove(before);
    }
    dispensable.add(member);
    return before;
  }

  /** Gives a member up to another incident. */
  void release(Deviation member) {
    remove(member);
    quietSince = UNKNOWN;
    news = true;
  }

  /** Replaces what is known of a member. */
  void put(Deviation member) {
    Deviation before = replace(member);
    boolean stronger = member.strong() && (before == null || !before.strong());
    // Whose pod it is may have become known.
    boolean renamed = before != null && !before.last().entity().equals(member.last().entity());
    outdated |= stronger || renamed;
    quietSince = UNKNOWN;
    news = true;
  }

  /**
   * Since when nothing keeps it open, event time in ms since the epoch; 0 while something does.
   * Symptoms keep it open; without any, strong evidence about the entity that opened it.
   */
  long quietSince() {
    if (quietSince == UNKNOWN) {
      quietSince = findQuietSince();
    }
    return quietSince;
  }

  private long findQuietSince() {
    boolean bySymptoms = members.values().stream().anyMatch(m -> m.symptom() && m.strong());
    Subject origin = Subject.of(opener().last().entity());
    long latest = told.opened();
    for (Deviation member : members.values()) {
      boolean sustains =
          member.strong()
              && (bySymptoms
                  ? member.symptom()
                  : Subject.of(member.last().entity()).equals(origin));
      if (sustains && !member.over()) {
        return 0;
      }
      if (sustains) {
        latest = Math.max(latest, member.overSince());
      }
    }
    return latest;
  }

  /** When it may be weighed again, or {@link Long#MAX_VALUE} while there is no news. */
  long nextWeighing(long interval) {
    return news ? weighed + interval : Long.MAX_VALUE;
  }

  void weighed(long time) {
    weighed = time;
    news = false;
  }

  int symptomSubjects() {
    Set<Subject> subjects = new HashSet<>();
    for (Deviation member : members.values()) {
      if (member.symptom() && member.strong()) {
        subjects.add(Subject.of(member.last().entity()));
      }
    }
    return subjects.size();
  }

  int toldSubjects() {
    return toldSubjects;
  }

  /** Takes note of what has just been told. */
  void tell(Incident incident) {
    openedAs = incident.transition() == Transition.OPENED ? incident.severity() : openedAs;
    told = incident;
    toldSubjects = Math.max(toldSubjects, symptomSubjects());
    weighed(incident.time());
  }
}
