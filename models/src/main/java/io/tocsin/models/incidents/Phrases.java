// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;
import io.tocsin.models.telemetry.Entity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

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
    String unit = evidence.unit();
    String values =
        wording.values(
            Quantities.value(evidence.observed(), unit),
            Quantities.value(evidence.expected(), unit));
    return values + " (" + Quantities.fold(evidence.observed(), evidence.expected(), unit) + ")";
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
