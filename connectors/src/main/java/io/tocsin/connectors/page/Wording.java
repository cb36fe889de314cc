// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.changes.Change;
import io.tocsin.models.incidents.Cleared;
import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Explanation;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Language;
import io.tocsin.models.incidents.Member;
import io.tocsin.models.incidents.Quantities;
import io.tocsin.models.incidents.SeriesName;
import io.tocsin.models.incidents.Suspect;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.topology.CallEdge;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What the templates say of times, values and places. */
final class Wording {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Explanation ENGLISH = new Explanation(Language.ENGLISH);

  private Wording() {}

  /** In UTC, to the second. */
  static String time(long millis) {
    return DAY_AND_TIME.format(Instant.ofEpochMilli(millis));
  }

  static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis));
  }

  /** For programs: the attribute of a {@code time} element. */
  static String machine(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static String duration(long fromMillis, long toMillis) {
    return Quantities.duration(Duration.ofMillis(Math.max(0, toMillis - fromMillis)));
  }

  static String relative(long time, Incident incident) {
    String apart = Quantities.duration(Duration.ofMillis(Math.abs(time - incident.onset())));
    if (Math.abs(time - incident.onset()) < 1_000) {
      return "at onset";
    }
    return apart + (time < incident.onset() ? " before onset" : " after onset");
  }

  static String place(Entity entity) {
    StringJoiner place = new StringJoiner(" / ");
    for (String part : List.of(entity.cluster(), entity.namespace())) {
      if (!part.isEmpty() && !part.equals(entity.subject())) {
        place.add(part);
      }
    }
    return place.add(subject(entity)).toString();
  }

  static String subject(Entity entity) {
    return entity.subject().isEmpty() ? "everything" : entity.subject();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** The series in few words; of a change, what was changed. */
  static String name(Evidence evidence) {
    return evidence.kind() == Evidence.Kind.CHANGE
        ? named(evidence.labels().get("kind"), evidence.labels().metric())
        : SeriesName.of(evidence);
  }

  static String named(Change change) {
    String author = change.author().isEmpty() ? "" : " by " + change.author();
    return named(change.kind(), change.title()) + author;
  }

  private static String named(String kind, String title) {
    boolean saysSo = title.toLowerCase(Locale.ROOT).startsWith(kind.toLowerCase(Locale.ROOT));
    return saysSo ? title : kind + " " + title;
  }

  /** The value beside what was expected; nothing for a change. */
  static String comparison(Evidence evidence) {
    if (evidence.kind() == Evidence.Kind.CHANGE) {
      return "";
    }
    String unit = evidence.unit();
    String seen = evidence.score() >= 1 ? ", " + Quantities.recurrence(evidence.seen()) : "";
    return Quantities.value(evidence.observed(), unit)
        + ", expected "
        + Quantities.value(evidence.expected(), unit)
        + " ("
        + Quantities.fold(evidence.observed(), evidence.expected(), unit)
        + ")"
        + seen;
  }

  /** Why somebody takes part in an incident. */
  static String reason(Member member) {
    return switch (member.reason()) {
      case ORIGIN -> "it is felt here first";
      case ROOT -> "the problem lies here";
      case CALLER -> "depends on where the problem lies";
      case CALLEE -> "where the problem lies depends on it";
      case STARVED -> "has less to do, because a caller suffers";
      case SHARED -> "depends on the same as where the problem lies";
      case NODE -> "machine and what runs on it";
      case NAMESPACE -> "same namespace; no calls are known";
      case TIME -> "began at the same time";
    };
  }

  /** The calls between, or nothing. */
  static String way(List<CallEdge> path) {
    return path.stream().map(CallEdge::text).collect(Collectors.joining(", "));
  }

  /** What has changed since an incident was told last. */
  static String news(Incident incident) {
    return String.join("; ", ENGLISH.news(incident));
  }

  static String title(Incident incident) {
    return ENGLISH.title(incident);
  }

  /** What is out of the ordinary about an incident itself; nothing of most. */
  static List<String> remarks(Incident incident) {
    return ENGLISH.remarks(incident).stream().map(Wording::sentence).toList();
  }

  /** What people have said of a suspect; empty when they have not. */
  static String said(Suspect suspect) {
    return sentence(ENGLISH.said(suspect));
  }

  private static String sentence(String clause) {
    return clause.isEmpty()
        ? ""
        : Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  /** Why something is ruled out, whatever the language in which the incident was written. */
  static String cleared(Cleared cleared) {
    return ENGLISH.cleared(cleared);
  }
}
