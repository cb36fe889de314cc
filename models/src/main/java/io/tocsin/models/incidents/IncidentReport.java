// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.SeriesHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down how an incident stands, and judges whether that is worth telling. */
final class IncidentReport {
  private final IncidentSettings settings;
  private final SuspectRanking ranking;
  private final Clearing clearing;
  private final NearChanges nearChanges;
  private final Phrases phrases;

  IncidentReport(IncidentSettings settings) {
    this.settings = settings;
    this.ranking = new SuspectRanking(settings);
    this.clearing = new Clearing(settings);
    this.nearChanges = new NearChanges(settings);
    this.phrases = new Phrases(settings.language().wording());
  }

  /**
   * An incident about a finding, without members, not told yet.
   *
   * @param parent id of the incident that it was a part of, or empty
   */
  OpenIncident blank(Deviation opener, Surroundings surroundings, String parent) {
    Entity entity = opener.last().entity();
    String about = Subject.of(entity).text() + "\n" + opener.onset();
    String id = SeriesHash.hex(SeriesHash.ofText(about));
    Told before = surroundings.book().reopen(id);
    int ofDay = surroundings.book().countOpened(surroundings.time());
    double bar = surroundings.knowledge().experience().bar(opener, surroundings.time());
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
            0,
            new Grouping(
                parent,
                List.of(),
                List.of(),
                ofDay,
                settings.perDay(),
                bar,
                opener.metric(),
                entity.withoutInstance(),
                0));
    return new OpenIncident(opener, blank);
  }

  Incident opened(OpenIncident incident, Surroundings surroundings) {
    return told(incident, written(incident, surroundings, Transition.OPENED, 0));
  }

  Incident resolved(OpenIncident incident, Surroundings surroundings, long closed) {
    return told(incident, written(incident, surroundings, Transition.RESOLVED, closed));
  }

  /** How it stands after a part of it has become an incident of its own. */
  Incident split(OpenIncident incident, OpenIncident part, Surroundings surroundings) {
    Incident now = written(incident, surroundings, Transition.UPDATED, 0);
    List<News> news = new ArrayList<>();
    news.add(new News(News.Kind.SPLIT, part.told().entity(), part.id()));
    news.addAll(tidings(incident, now));
    return told(incident, now.with(news));
  }

  /** How it stands now, if a reader would want to know; else null. */
  @Nullable Incident weigh(OpenIncident incident, Surroundings surroundings) {
    Incident now = written(incident, surroundings, Transition.UPDATED, 0);
    List<News> news = tidings(incident, now);
    if (news.isEmpty()) {
      incident.weighed(surroundings.time());
      return null;
    }
    return told(incident, now.with(news));
  }

  private static Incident told(OpenIncident incident, Incident now) {
    incident.tell(now);
    return now;
  }

  private Incident written(
      OpenIncident incident, Surroundings surroundings, Transition transition, long closed) {
    Incident told = incident.told();
    List<Deviation> symptoms = symptoms(incident);
    Deviation first = symptoms.isEmpty() ? incident.opener() : symptoms.get(0);
    List<Change> changes = nearChanges.of(incident, surroundings);
    Subjects subjects = subjects(incident, surroundings);
    List<Suspect> ranked =
        surroundings
            .knowledge()
            .experience()
            .weighed(
                ranking.rank(inquiry(incident, changes, surroundings), subjects),
                surroundings.time());
    List<Suspect> suspects = ranking.standingOut(SuspectOrder.settled(told.suspects(), ranked));
    Grouping grouping = told.grouping();
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
        phrases.title(first.last().entity(), first.evidence(), incident.symptomSubjects() - 1),
        symptoms.stream().limit(settings.limits().evidence()).map(Deviation::evidence).toList(),
        withPaths(suspects, incident, surroundings),
        clearing.cleared(incident, ranked, suspects, new Clearing.Scene(surroundings, subjects)),
        changes.stream().limit(settings.limits().cleared()).toList(),
        incident.findings(),
        new Grouping(
            grouping.parent(),
            Membership.of(incident, subjects),
            List.of(),
            grouping.ofDay(),
            grouping.dayBudget(),
            grouping.bar(),
            incident.opener().metric(),
            first.last().entity().withoutInstance(),
            incident.symptomSubjects()));
  }

  /** Suspects with the way of calls between each and where the incident is felt. */
  private static List<Suspect> withPaths(
      List<Suspect> suspects, OpenIncident incident, Surroundings surroundings) {
    Entity felt = incident.told().entity();
    return suspects.stream()
        .map(
            each ->
                each.withPath(surroundings.topology().path(felt, each.entity(), Roots.MAX_HOPS)))
        .toList();
  }

  /** What its members say; of an entity whose series speak clearly, they alone do. */
  private static Inquiry inquiry(
      OpenIncident incident, List<Change> changes, Surroundings surroundings) {
    Set<Subject> clear = new HashSet<>();
    for (Deviation each : incident.members()) {
      if (each.strong() && !each.last().aboutEntity()) {
        clear.add(Subject.of(each.last().entity()));
      }
    }
    return new Inquiry(
        felt(incident),
        incident.members().stream()
            .filter(
                each ->
                    !each.last().aboutEntity() || !clear.contains(Subject.of(each.last().entity())))
            .map(Deviation::departure)
            .toList(),
        surroundings.topology(),
        changes);
  }

  /** What users felt first, as far as a series tells: an entity as a whole does not. */
  private static Inquiry.Felt felt(OpenIncident incident) {
    if (!incident.opener().last().aboutEntity()) {
      return incident.opener().departure().felt();
    }
    return incident.members().stream()
        .filter(each -> each.strong() && each.symptom() && !each.last().aboutEntity())
        .min(Deviation.OPENING_ORDER)
        .map(each -> each.departure().felt())
        .orElse(Inquiry.Felt.UNKNOWN);
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

  private static Subjects subjects(OpenIncident incident, Surroundings surroundings) {
    Subjects subjects = new Subjects();
    for (Deviation member : incident.members()) {
      subjects.learn(member.last().entity());
      member.departure().ends().forEach(subjects::place);
    }
    surroundings.book().watched().keySet().forEach(subjects::learn);
    return subjects;
  }

  /** What a reader of the last message would want to know. */
  private static List<News> tidings(OpenIncident incident, Incident now) {
    Incident told = incident.told();
    List<News> news = new ArrayList<>();
    if (now.severity() != told.severity()) {
      news.add(new News(News.Kind.SEVERITY, now.entity(), now.severity().label()));
    }
    int subjects = incident.symptomSubjects();
    if (subjects > incident.toldSubjects()) {
      news.add(new News(News.Kind.AFFECTED, now.entity(), Integer.toString(subjects)));
    }
    Set<String> knownChanges = new HashSet<>();
    told.changes().forEach(change -> knownChanges.add(change.id()));
    for (Change change : now.changes()) {
      if (!knownChanges.contains(change.id())) {
        news.add(new News(News.Kind.CHANGE, change.entity(), change.title()));
      }
    }
    if (hasNewLeader(told.suspects(), now.suspects())) {
      news.add(
          now.suspects().isEmpty()
              ? new News(News.Kind.NO_SUSPECT, Entity.NONE, "")
              : new News(News.Kind.SUSPECT, now.suspects().get(0).entity(), ""));
    }
    return news;
  }

  private static boolean hasNewLeader(List<Suspect> told, List<Suspect> now) {
    if (told.isEmpty() || now.isEmpty()) {
      return told.isEmpty() != now.isEmpty();
    }
    return !Subject.of(told.get(0).entity()).equals(Subject.of(now.get(0).entity()));
  }
}
