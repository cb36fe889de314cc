// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** What cards and messages say of the parts of an incident, in one language. */
final class Phrases {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** So much is left of a name, also beside values with an endless unit. */
  private static final int LEAST_NAME = 10;

  private final Wording wording;

  Phrases(Wording wording) {
    this.wording = wording;
  }

  /** What is wrong, in one line; of a record of an earlier release, as it was told. */
  String title(Incident incident) {
    Grouping grouping = incident.grouping();
    return incident.symptoms().isEmpty() || grouping.openedBy().isEmpty()
        ? incident.title()
        : title(grouping.strongest(), incident.symptoms().get(0), grouping.affected() - 1);
  }

  /**
   * What is wrong, in one line.
   *
   * @param others how many others have symptoms; none if it is less
   */
  String title(Entity entity, Evidence symptom, int others) {
    String subject = Subject.of(entity).name();
    return wording.title(subject, SeriesName.of(symptom), values(symptom), Math.max(0, others));
  }

  /** What is out of the ordinary about the incident itself; nothing of most. */
  List<String> remarks(Grouping grouping) {
    return Stream.of(wording.ofDay(grouping), wording.bar(grouping.bar()))
        .filter(remark -> !remark.isEmpty())
        .toList();
  }

  /** The same, after the incident that it was a part of. */
  List<String> allRemarks(Grouping grouping) {
    List<String> all = new ArrayList<>();
    if (!grouping.parent().isEmpty()) {
      all.add(wording.parent(grouping.parent()));
    }
    all.addAll(remarks(grouping));
    return all;
  }

  /** Something new; a change of which more is known is told as such. */
  String news(News news, Incident incident) {
    if (news.kind() != News.Kind.CHANGE) {
      return wording.news(news);
    }
    String told =
        incident.changes().stream()
            .filter(each -> each.title().equals(news.detail()))
            .findFirst()
            .map(this::change)
            .orElse(news.detail());
    return wording.news(new News(news.kind(), news.entity(), told));
  }

  /** What people have said of a suspect; empty when they have not. */
  String said(Suspect suspect) {
    return suspect.verdicts().equals(Verdicts.NONE) ? "" : wording.said(suspect.verdicts());
  }

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  String place(Entity entity) {
    StringJoiner place = new StringJoiner(" / ");
    for (String part : List.of(entity.cluster(), entity.namespace())) {
      if (!part.isEmpty() && !part.equals(entity.subject())) {
        place.add(part);
      }
    }
    return place
        .add(entity.subject().isEmpty() ? wording.everything() : entity.subject())
        .toString();
  }

  String relative(long time, Incident incident) {
    return wording.relative(time - incident.onset());
  }

  String comparison(Evidence evidence) {
    String fold = Quantities.fold(evidence.observed(), evidence.expected(), evidence.unit());
    return values(evidence) + " (" + fold + ")";
  }

  private String values(Evidence evidence) {
    return wording.values(
        Quantities.value(evidence.observed(), evidence.unit()),
        Quantities.value(evidence.expected(), evidence.unit()));
  }

  /** Only what has reached the boundary is counted, so only then is it known how often it came. */
  String recurrence(Evidence evidence) {
    return evidence.score() >= 1 ? ", " + wording.recurrence(evidence.seen()) : "";
  }

  String change(Change change) {
    return wording.change(change.kind(), change.title(), change.author());
  }

  String change(Evidence evidence) {
    return wording.change(evidence.labels().get("kind"), evidence.labels().metric(), "");
  }

  /**
   * When and by how much is never cut, only what has a name of any length. How often it was seen is
   * told where the whole name leaves room.
   */
  String reason(Evidence evidence, Incident incident, int columns) {
    String when = relative(evidence.onset(), incident) + ": ";
    if (evidence.kind() == Evidence.Kind.CHANGE) {
      return TextLines.cut(when + change(evidence), columns);
    }
    String values = " " + comparison(evidence);
    String name = SeriesName.of(evidence);
    String whole = when + name + values + recurrence(evidence);
    int left = Math.max(LEAST_NAME, columns - TextLines.columns(when) - TextLines.columns(values));
    return TextLines.columns(whole) <= columns ? whole : when + TextLines.cut(name, left) + values;
  }

  String causes(Incident incident) {
    if (incident.suspects().isEmpty()) {
      return wording.nothing(false);
    }
    StringJoiner causes = new StringJoiner(wording.comma());
    for (Suspect suspect : incident.suspects()) {
      causes.add(suspect.entity().subject() + " " + percent(suspect.confidence()));
    }
    return causes.toString();
  }

  /** The way of calls between where it is felt and a suspect; empty when none is known. */
  String way(Suspect suspect) {
    StringJoiner way = new StringJoiner(wording.comma());
    suspect
        .path()
        .forEach(edge -> way.add(wording.calls(edge.caller().subject(), edge.callee().subject())));
    return way.toString();
  }
}
