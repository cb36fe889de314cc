// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.findings.LogEvidence;
import java.util.List;
import java.util.StringJoiner;

/**
 * Explains an incident in a few short lines without colours, for an alert, a chat or a page: what
 * is wrong, what has probably caused it and why, what was changed, who was cleared, and what is
 * new.
 */
public final class Explanation {
  private static final int MOST_LINES = 3;
  private static final int MOST_REASONS = 4;
  private static final int MOST_CLEARED = 5;

  private final Wording wording;
  private final Phrases phrases;

  public Explanation(Language language) {
    wording = language.wording();
    phrases = new Phrases(wording);
  }

  /** The lines, without a line break at the end. */
  public String of(Incident incident) {
    TextLines text = new TextLines();
    news(incident).forEach(each -> text.addCut("• " + each));
    // Before what is long: a reader of a chat sees the first lines only.
    phrases.allRemarks(incident.grouping()).forEach(text::add);
    symptoms(text, incident);
    cause(text, incident);
    changes(text, incident);
    cleared(text, incident);
    return text.toString().stripTrailing();
  }

  /** What is wrong, in one line. */
  public String title(Incident incident) {
    return phrases.title(incident);
  }

  /** That there are too many that day, and that people have called it noise; nothing of most. */
  public List<String> remarks(Incident incident) {
    return phrases.remarks(incident.grouping());
  }

  /** What has changed since the incident was told last. */
  public List<String> news(Incident incident) {
    return incident.grouping().news().stream().map(each -> phrases.news(each, incident)).toList();
  }

  /** What people have said of a suspect; empty when they have not. */
  public String said(Suspect suspect) {
    return phrases.said(suspect);
  }

  /** Why something is ruled out, in one clause. */
  public String cleared(Cleared cleared) {
    return wording.cleared(cleared);
  }

  private void symptoms(TextLines text, Incident incident) {
    for (Evidence each : first(incident.symptoms())) {
      String what = each.log() == null ? each.labels().toString() : SeriesName.of(each);
      text.add(what + ": " + phrases.comparison(each) + phrases.recurrence(each));
      LogEvidence log = each.log();
      if (log != null && !log.sample().isEmpty()) {
        text.addCut("  > " + log.sample().lines().findFirst().orElse(""));
      }
    }
  }

  private void cause(TextLines text, Incident incident) {
    text.add(wording.causes(phrases.causes(incident)));
    if (!incident.suspects().isEmpty()) {
      Suspect first = incident.suspects().get(0);
      String way = phrases.way(first);
      if (!way.isEmpty()) {
        text.addCut("  " + way);
      }
      first.evidence().stream()
          .limit(MOST_REASONS)
          .forEach(each -> text.add("  " + phrases.reason(each, incident, TextLines.COLUMNS - 2)));
      String said = phrases.said(first);
      if (!said.isEmpty()) {
        text.add("  " + said);
      }
    }
  }

  private void changes(TextLines text, Incident incident) {
    for (Change change : first(incident.changes())) {
      text.addCut(
          Phrases.clock(change.time())
              + " UTC, "
              + phrases.relative(change.time(), incident)
              + ": "
              + phrases.change(change));
    }
  }

  private void cleared(TextLines text, Incident incident) {
    List<Cleared> all = incident.cleared();
    if (all.isEmpty()) {
      return;
    }
    StringJoiner names = new StringJoiner(wording.comma());
    all.stream().limit(MOST_CLEARED).forEach(each -> names.add(each.entity().subject()));
    if (all.size() > MOST_CLEARED) {
      names.add(wording.more(all.size() - MOST_CLEARED));
    }
    text.addCut(wording.clearedAll(names.toString()));
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST_LINES, all.size()));
  }
}
