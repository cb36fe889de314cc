// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.SeriesHash;
import io.tocsin.models.topology.Topology;
import io.tocsin.models.topology.TopologySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down how an incident stands, and judges whether that is worth telling. */
final class IncidentReport {
  /** A new first suspect must lead by this much; two that are close must not take turns. */
  private static final double LEAD = 0.1;

  private final IncidentSettings settings;
  private final SuspectRanking ranking;
  private final Clearing clearing;

  IncidentReport(IncidentSettings settings) {
    this.settings = settings;
    this.ranking = new SuspectRanking(settings);
    this.clearing = new Clearing(settings);
  }

  /** An incident about a finding, without members, not told yet. */
  OpenIncident blank(Deviation opener, Surroundings surroundings) {
    Entity entity = opener.last().entity();
    String about = Subject.of(entity).text() + "\n" + opener.onset();
    String id = SeriesHash.hex(SeriesHash.ofText(about));
    Told before = surroundings.book().reopen(id);
    Incident blank =
        new Incident(
            id,
            Transition.OPENED,
            before == null ? 0 : before.incident().revision(),
            surroundings.time(),
            opener.onset(),
            surroundings.time(),
            0,
            Severity.WARNING,
            entity.withoutInstance(),
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0);
    return new OpenIncident(opener, blank);
  }

  Incident opened(OpenIncident incident, Surroundings surroundings) {
    Incident opened = written(incident, surroundings, Transition.OPENED, 0);
    incident.tell(opened);
    return opened;
  }

  Incident resolved(OpenIncident incident, Surroundings surroundings, long closed) {
    Incident resolved = written(incident, surroundings, Transition.RESOLVED, closed);
    incident.tell(resolved);
    return resolved;
  }

  /** How it stands now, if a reader would want to know; else null. */
  @Nullable Incident weigh(OpenIncident incident, Surroundings surroundings) {
    Incident now = written(incident, surroundings, Transition.UPDATED, 0);
    Incident told = incident.told();
    if (now.severity() != told.severity()
        || incident.symptomSubjects() > incident.toldSubjects()
        || hasNewChange(told, now)
        || hasNewLeader(told.suspects(), now.suspects())) {
      incident.tell(now);
      return now;
    }
    incident.weighed(surroundings.time());
    return null;
  }

  private Incident written(
      OpenIncident incident, Surroundings surroundings, Transition transition, long closed) {
    Incident told = incident.told();
    List<Deviation> symptoms = symptoms(incident);
    List<Change> changes = changes(incident, surroundings);
    Subjects subjects = subjects(incident, surroundings);
    List<Suspect> ranked = ranking.rank(inquiry(incident, changes), subjects);
    List<Suspect> suspects = ranking.standingOut(ranked);
    return new Incident(
        told.id(),
        transition,
        told.revision() + 1,
        surroundings.time(),
        told.onset(),
        told.opened(),
        closed,
        severity(incident, told.severity()),
        told.entity(),
        title(incident, symptoms),
        symptoms.stream().limit(settings.limits().evidence()).map(Deviation::evidence).toList(),
        suspects,
        clearing.cleared(incident, ranked, suspects, new Clearing.Scene(surroundings, subjects)),
        changes.stream().limit(settings.limits().cleared()).toList(),
        incident.findings());
  }

  /** What its members say. */
  private static Inquiry inquiry(OpenIncident incident, List<Change> changes) {
    List<Departure> departures =
        incident.members().stream().map(Deviation::departure).toList();
    return new Inquiry(
        incident.opener().departure().felt(),
        departures,
        new Topology(TopologySettings.DEFAULTS),
        changes);
  }

  /** Strong symptoms, the strongest first; of an incident without any, what opened it. */
  private static List<Deviation> symptoms(OpenIncident incident) {
    List<Deviation> strong = new ArrayList<>();
    Subject origin = Subject.of(incident.opener().last().entity());
    for (Deviation member : incident.members()) {
      if (member.strong() && member.symptom()) {
        strong.add(member);
      }
    }
    if (strong.isEmpty()) {
      for (Deviation member : incident.members()) {
        if (member.strong() && Subject.of(member.last().entity()).equals(origin)) {
          strong.add(member);
        }
      }
    }
    strong.sort(Deviation.STRONGEST_FIRST);
    return strong;
  }

  private static String title(OpenIncident incident, List<Deviation> symptoms) {
    Deviation first = symptoms.isEmpty() ? incident.opener() : symptoms.get(0);
    Subject subject = Subject.of(first.last().entity());
    Set<Subject> others = new HashSet<>();
    symptoms.forEach(each -> others.add(Subject.of(each.last().entity())));
    others.remove(subject);
    String unit = first.last().unit();
    String more = others.isEmpty() ? "" : " (+" + others.size() + " more)";
    return (subject.name().isEmpty() ? "" : subject.name() + ": ")
        + SeriesName.of(first.last())
        + " is "
        + Quantities.value(first.observed(), unit)
        + ", expected "
        + Quantities.value(first.expected(), unit)
        + more;
  }

  /** It never becomes less severe: what was told loudly is not taken back before it is over. */
  private Severity severity(OpenIncident incident, Severity before) {
    IncidentSettings.Critical critical = settings.critical();
    boolean strong =
        incident.members().stream()
            .anyMatch(each -> each.symptom() && each.strong() && each.peak() >= critical.score());
    return before == Severity.CRITICAL
            || strong
            || incident.symptomSubjects() >= critical.services()
        ? Severity.CRITICAL
        : Severity.WARNING;
  }

  /** What was changed nearby from some time before the onset until now, the latest first. */
  private List<Change> changes(OpenIncident incident, Surroundings surroundings) {
    List<Change> near = new ArrayList<>();
    long since = incident.told().onset() - settings.changeWindow().toMillis();
    for (Change change : surroundings.changes()) {
      if (change.time() >= since
          && change.time() <= surroundings.time()
          && incident.isNear(change.entity())) {
        near.add(change);
      }
    }
    near.sort(Comparator.comparingLong(Change::time).reversed().thenComparing(Change::id));
    return near;
  }

  private static Subjects subjects(OpenIncident incident, Surroundings surroundings) {
    Subjects subjects = new Subjects();
    incident.members().forEach(member -> subjects.learn(member.last().entity()));
    surroundings.book().watched().keySet().forEach(subjects::learn);
    return subjects;
  }

  private static boolean hasNewChange(Incident told, Incident now) {
    return now.changes().stream().anyMatch(change -> !told.changes().contains(change));
  }

  private static boolean hasNewLeader(List<Suspect> told, List<Suspect> now) {
    if (told.isEmpty() || now.isEmpty()) {
      return told.isEmpty() != now.isEmpty();
    }
    Subject before = Subject.of(told.get(0).entity());
    double left = 0;
    for (Suspect suspect : now) {
      left = Subject.of(suspect.entity()).equals(before) ? suspect.confidence() : left;
    }
    return now.get(0).confidence() >= left + LEAD;
  }
}
