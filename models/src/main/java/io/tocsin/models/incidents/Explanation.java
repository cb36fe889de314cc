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
    incident.grouping().news().forEach(news -> text.addCut("• " + wording.news(news)));
    symptoms(text, incident);
    cause(text, incident);
    changes(text, incident);
    cleared(text, incident);
    String bar = wording.bar(incident.grouping().bar());
    if (!bar.isEmpty()) {
      text.add(bar);
    }
    return text.toString().stripTrailing();
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
