// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.telemetry.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Writes an incident for a terminal, in lines of at most 100 columns. */
public final class IncidentCard {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int COLUMNS = 100;

  private static final int BRIEF_LINES = 3;

  /** So much is left of a name, also beside values with an endless unit. */
  private static final int LEAST_NAME = 10;

  /** Whether to use colours. */
  public enum Style {
    PLAIN,
    ANSI
  }

  private final Style style;

  public IncidentCard(Style style) {
    this.style = style;
  }

  /**
   * The whole card; of an incident that is over, the short form: how long it lasted and why.
   *
   * @param now event time or wall clock, ms since the epoch, for the incident's age
   */
  public String full(Incident incident, long now) {
    StringBuilder card = new StringBuilder();
    head(card, incident, now);
    if (incident.transition() == Incident.Transition.RESOLVED) {
      line(card, "  Probable cause: " + causes(incident));
      return card.toString();
    }
    symptoms(card, incident);
    suspects(card, incident);
    changes(card, incident);
    cleared(card, incident);
    return card.toString();
  }

  /** What is wrong and why in a few lines without colours, for an alert's description. */
  String brief(Incident incident) {
    StringBuilder text = new StringBuilder();
    List<Evidence> symptoms = incident.symptoms();
    for (Evidence each : symptoms.subList(0, Math.min(BRIEF_LINES, symptoms.size()))) {
      String what = each.log() == null ? each.labels().toString() : SeriesName.of(each);
      line(text, what + ": " + comparison(each) + recurrence(each));
      sample(text, "  ", each);
    }
    line(text, "Probable cause: " + causes(incident));
    for (Change change : incident.changes().stream().limit(BRIEF_LINES).toList()) {
      line(
          text,
          "Changed at "
              + CLOCK.format(Instant.ofEpochMilli(change.time()))
              + " UTC: "
              + named(change));
    }
    return text.toString().stripTrailing();
  }

  private void head(StringBuilder card, Incident incident, long now) {
    boolean over = incident.transition() == Incident.Transition.RESOLVED;
    boolean update = incident.transition() == Incident.Transition.UPDATED;
    String word = over ? "RESOLVED" : incident.severity().name() + (update ? ", updated" : "");
    line(
        card,
        painted(over ? Paint.GREEN : Paint.of(incident.severity()), word)
            + "  "
            + painted(Paint.BOLD, cut(incident.title(), COLUMNS - word.length() - 2)));
    long end = over ? incident.closed() : now;
    String age = Quantities.duration(Duration.ofMillis(end - incident.onset()));
    line(
        card,
        painted(Paint.FAINT, "  " + place(incident.entity()) + " · incident " + incident.id()));
    line(
        card,
        painted(
            Paint.FAINT,
            "  "
                + (over ? "lasted " : "for ")
                + age
                + ", since "
                + TIME.format(Instant.ofEpochMilli(incident.onset()))));
  }

  private void symptoms(StringBuilder card, Incident incident) {
    section(card, "What is wrong");
    for (Evidence each : incident.symptoms()) {
      line(card, "  " + series(each));
      line(
          card,
          "    " + comparison(each) + recurrence(each) + ", " + relative(each.onset(), incident));
      sample(card, "    ", each);
    }
  }

  private void suspects(StringBuilder card, Incident incident) {
    section(card, "Probable cause");
    if (incident.suspects().isEmpty()) {
      line(card, "  nothing stands out yet");
    }
    int rank = 0;
    for (Suspect suspect : incident.suspects()) {
      rank++;
      line(
          card,
          "  "
              + rank
              + ". "
              + painted(Paint.BOLD, place(suspect.entity()))
              + "  "
              + percent(suspect.confidence()));
      for (Evidence each : suspect.evidence()) {
        line(card, "     " + reason(each, incident, COLUMNS - 5));
      }
      suspect.evidence().stream()
          .filter(each -> each.log() != null)
          .findFirst()
          .ifPresent(each -> sample(card, "       ", each));
    }
  }

  private void changes(StringBuilder card, Incident incident) {
    if (!incident.changes().isEmpty()) {
      section(card, "Changed shortly before or after");
    }
    for (Change change : incident.changes()) {
      String what =
          "  "
              + CLOCK.format(Instant.ofEpochMilli(change.time()))
              + ", "
              + relative(change.time(), incident)
              + ": "
              + named(change);
      line(card, cut(what, COLUMNS));
    }
  }

  private void cleared(StringBuilder card, Incident incident) {
    if (!incident.cleared().isEmpty()) {
      section(card, "Ruled out");
    }
    for (Cleared each : incident.cleared()) {
      line(card, cut("  " + each.entity().subject() + ": " + each.reason(), COLUMNS));
    }
  }

  /**
   * When and by how much is never cut, only what has a name of any length. How often it was seen is
   * told where the whole name leaves room.
   */
  private static String reason(Evidence evidence, Incident incident, int columns) {
    String when = relative(evidence.onset(), incident) + ": ";
    if (evidence.kind() == Evidence.Kind.CHANGE) {
      String change = named(evidence.labels().get("kind"), evidence.labels().metric());
      return cut(when + change, columns);
    }
    String values = " " + comparison(evidence);
    String name = SeriesName.of(evidence);
    String whole = when + name + values + recurrence(evidence);
    int left = Math.max(LEAST_NAME, columns - when.length() - values.length());
    return whole.length() <= columns ? whole : when + cut(name, left) + values;
  }

  private static String series(Evidence evidence) {
    String name = evidence.log() == null ? evidence.labels().toString() : SeriesName.of(evidence);
    return cut(name, COLUMNS - 2);
  }

  /** A line of the log, in one line. */
  private static void sample(StringBuilder card, String indent, Evidence evidence) {
    LogEvidence log = evidence.log();
    if (log != null && !log.sample().isEmpty()) {
      String sample = log.sample().lines().findFirst().orElse("");
      line(card, indent + "> " + cut(sample, COLUMNS - indent.length() - 2));
      if (!log.trace().isEmpty()) {
        line(card, cut(indent + "  trace " + log.trace(), COLUMNS));
      }
    }
  }

  private static String comparison(Evidence evidence) {
    String unit = evidence.unit();
    return Quantities.value(evidence.observed(), unit)
        + ", expected "
        + Quantities.value(evidence.expected(), unit)
        + " ("
        + Quantities.fold(evidence.observed(), evidence.expected(), unit)
        + ")";
  }

  /** Only what has reached the boundary is counted, so only then is it known how often it came. */
  private static String recurrence(Evidence evidence) {
    return evidence.score() >= 1 ? ", " + Quantities.recurrence(evidence.seen()) : "";
  }

  private static String relative(long time, Incident incident) {
    Duration apart = Duration.ofMillis(Math.abs(time - incident.onset()));
    if (apart.toSeconds() == 0) {
      return "at onset";
    }
    return Quantities.duration(apart)
        + (time < incident.onset() ? " before onset" : " after onset");
  }

  private static String causes(Incident incident) {
    StringJoiner causes = new StringJoiner(", ");
    for (Suspect suspect : incident.suspects()) {
      causes.add(suspect.entity().subject() + " " + percent(suspect.confidence()));
    }
    return incident.suspects().isEmpty() ? "nothing stands out" : causes.toString();
  }

  private static String named(Change change) {
    String author = change.author().isEmpty() ? "" : " by " + change.author();
    return named(change.kind(), change.title()) + author;
  }

  private static String named(String kind, String title) {
    boolean saysSo = title.toLowerCase(Locale.ROOT).startsWith(kind.toLowerCase(Locale.ROOT));
    return saysSo ? title : kind + " " + title;
  }

  private static String place(Entity entity) {
    StringJoiner place = new StringJoiner(" / ");
    for (String part : List.of(entity.cluster(), entity.namespace())) {
      if (!part.isEmpty() && !part.equals(entity.subject())) {
        place.add(part);
      }
    }
    return place.add(entity.subject().isEmpty() ? "everything" : entity.subject()).toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, columns - 1) + "…";
  }

  private void section(StringBuilder card, String title) {
    card.append('\n');
    line(card, painted(Paint.BOLD, title));
  }

  private static void line(StringBuilder card, String text) {
    card.append(text).append('\n');
  }

  private String painted(Paint paint, String text) {
    return style == Style.PLAIN ? text : "\u001B[" + paint.code + "m" + text + "\u001B[0m";
  }

  private enum Paint {
    BOLD("1"),
    FAINT("2"),
    RED("1;31"),
    YELLOW("1;33"),
    GREEN("1;32");

    private final String code;

    Paint(String code) {
      this.code = code;
    }

    static Paint of(Severity severity) {
      return switch (severity) {
        case CRITICAL -> RED;
        case WARNING -> YELLOW;
        case INFO -> BOLD;
      };
    }
  }
}
