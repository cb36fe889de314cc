// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.incidents.Wording.Section;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Writes an incident for a terminal, in lines of at most 100 columns. */
public final class IncidentCard {
  private static final int COLUMNS = TextLines.COLUMNS;

  /** Whether to use colours. */
  public enum Style {
    PLAIN,
    ANSI
  }

  private final Style style;
  private final Wording wording;
  private final Phrases phrases;

  public IncidentCard(Style style, Language language) {
    this.style = style;
    this.wording = language.wording();
    this.phrases = new Phrases(wording);
  }

  /**
   * The whole card; of an incident that is over, the short form: how long it lasted and why.
   *
   * @param now event time or wall clock, ms since the epoch, for the incident's age
   */
  public String full(Incident incident, long now) {
    TextLines card = new TextLines();
    head(card, incident, now);
    if (incident.transition() == Incident.Transition.RESOLVED) {
      card.add("  " + wording.causes(phrases.causes(incident)));
      return card.toString();
    }
    section(card, Section.NEWS, incident.grouping().news(), each -> phrases.news(each, incident));
    symptoms(card, incident);
    suspects(card, incident);
    section(card, Section.CHANGES, incident.changes(), each -> change(each, incident));
    section(
        card,
        Section.MEMBERS,
        incident.grouping().members(),
        each -> each.entity().subject() + ": " + wording.member(each));
    section(
        card,
        Section.CLEARED,
        incident.cleared(),
        each -> each.entity().subject() + ": " + wording.cleared(each));
    return card.toString();
  }

  private void head(TextLines card, Incident incident, long now) {
    boolean over = incident.transition() == Incident.Transition.RESOLVED;
    String word = wording.status(incident);
    Paint paint = over ? Paint.GREEN : Paint.of(incident.severity());
    int left = COLUMNS - TextLines.columns(word) - 2;
    card.add(
        painted(paint, word)
            + "  "
            + painted(Paint.BOLD, TextLines.cut(phrases.title(incident), left)));
    faint(card, phrases.place(incident.entity()) + " · " + wording.incident(incident.id()));
    Duration age = Duration.ofMillis((over ? incident.closed() : now) - incident.onset());
    faint(card, wording.age(over, age, Phrases.time(incident.onset())));
    phrases.allRemarks(incident.grouping()).forEach(remark -> faint(card, remark));
  }

  private void faint(TextLines card, String line) {
    card.add(painted(Paint.FAINT, "  " + line));
  }

  private void symptoms(TextLines card, Incident incident) {
    heading(card, Section.SYMPTOMS);
    for (Evidence each : incident.symptoms()) {
      String name = each.log() == null ? each.labels().toString() : SeriesName.of(each);
      card.addCut("  " + name);
      card.add(
          "    "
              + phrases.comparison(each)
              + phrases.recurrence(each)
              + ", "
              + phrases.relative(each.onset(), incident));
      sample(card, "    ", each);
    }
  }

  private void suspects(TextLines card, Incident incident) {
    heading(card, Section.CAUSE);
    if (incident.suspects().isEmpty()) {
      card.add("  " + wording.nothing(true));
    }
    int rank = 0;
    for (Suspect suspect : incident.suspects()) {
      rank++;
      String who = painted(Paint.BOLD, phrases.place(suspect.entity()));
      card.add("  " + rank + ". " + who + "  " + Phrases.percent(suspect.confidence()));
      String way = phrases.way(suspect);
      if (!way.isEmpty()) {
        card.addCut("     " + way);
      }
      for (Evidence each : suspect.evidence()) {
        card.add("     " + phrases.reason(each, incident, COLUMNS - 5));
      }
      String said = phrases.said(suspect);
      if (!said.isEmpty()) {
        card.add("     " + said);
      }
      suspect.evidence().stream()
          .filter(each -> each.log() != null)
          .findFirst()
          .ifPresent(each -> sample(card, "       ", each));
    }
  }

  private String change(Change change, Incident incident) {
    return Phrases.clock(change.time())
        + ", "
        + phrases.relative(change.time(), incident)
        + ": "
        + phrases.change(change);
  }

  /** A line of the log, in one line. */
  private static void sample(TextLines card, String indent, Evidence evidence) {
    LogEvidence log = evidence.log();
    if (log != null && !log.sample().isEmpty()) {
      card.addCut(indent + "> " + log.sample().lines().findFirst().orElse(""));
      if (!log.trace().isEmpty()) {
        card.addCut(indent + "  trace " + log.trace());
      }
    }
  }

  private <T> void section(TextLines card, Section section, List<T> all, Function<T, String> line) {
    if (!all.isEmpty()) {
      heading(card, section);
      all.forEach(each -> card.addCut("  " + line.apply(each)));
    }
  }

  private void heading(TextLines card, Section section) {
    card.add("");
    card.add(painted(Paint.BOLD, wording.heading(section)));
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
