// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.findings.Direction;
import io.tocsin.models.findings.LogEvidence;
import io.tocsin.models.rules.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether findings that belong to no incident are one: a strong symptom is that lasts, or
 * that a single sample shows to be far beyond its boundary; so is strong evidence from several
 * metrics of one subject at the same time; so are strong errors in the log of a service. A finding
 * about an entity as a whole has the role of a symptom when one is among what deviates, and opens
 * as such.
 */
final class Opening {
  private static final String LOGS = "log";

  private final IncidentSettings settings;

  Opening(IncidentSettings settings) {
    this.settings = settings;
  }

  /** The finding to open an incident with, the same in whatever order they came; null for none. */
  @Nullable Deviation next(Surroundings surroundings, Set<String> touched) {
    IncidentBook book = surroundings.book();
    Deviation first = null;
    boolean evidence = false;
    for (String id : touched) {
      Deviation each = book.pool().get(id);
      if (each != null && each.strong() && !each.over()) {
        evidence |= counts(each, surroundings);
        first = opensAlone(each) && passes(each, surroundings) ? earlier(first, each) : first;
      }
    }
    return first == null && evidence ? fromEvidence(surroundings) : first;
  }

  /** Whether a strong finding is enough by itself. */
  boolean opensAlone(Deviation deviation) {
    boolean felt =
        deviation.symptom() && (deviation.lasts() || deviation.peak() >= settings.opening().once());
    return deviation.strong() && (felt || isError(deviation));
  }

  /** Whether it deviates so far as it must after what people have said of it. */
  static boolean passes(Deviation deviation, Surroundings surroundings) {
    double bar = surroundings.knowledge().experience().bar(deviation, surroundings.time());
    return bar <= 1 || deviation.peak() >= bar;
  }

  /** New errors in the log of a service, or many more of them. */
  private boolean isError(Deviation deviation) {
    LogEvidence log = deviation.last().log();
    return log != null
        && log.isError()
        && deviation.last().direction() == Direction.UP
        && deviation.peak() >= settings.opening().errors();
  }

  private @Nullable Deviation fromEvidence(Surroundings surroundings) {
    IncidentBook book = surroundings.book();
    Map<Subject, Set<String>> metrics = new HashMap<>();
    Deviation first = null;
    for (Deviation each : book.pool().values()) {
      if (counts(each, surroundings)) {
        Subject subject = Subject.of(each.last().entity());
        metrics.computeIfAbsent(subject, any -> new HashSet<>()).add(told(each));
      }
    }
    for (Deviation each : book.pool().values()) {
      Set<String> agreeing = metrics.get(Subject.of(each.last().entity()));
      boolean enough = agreeing != null && agreeing.size() >= settings.opening().metrics();
      first = enough && counts(each, surroundings) ? earlier(first, each) : first;
    }
    return first;
  }

  /** What it is about: all counts of lines tell the same once more. */
  private static String told(Deviation deviation) {
    return deviation.last().log() == null ? deviation.metric() : LOGS;
  }

  private boolean counts(Deviation deviation, Surroundings surroundings) {
    // What is said of an entity as a whole is no further metric that agrees.
    return deviation.last().role() == Role.EVIDENCE
        && !deviation.last().aboutEntity()
        && deviation.strong()
        && !deviation.over()
        && deviation.peak() >= settings.opening().score()
        && passes(deviation, surroundings)
        && deviation.fresh() >= surroundings.time() - settings.window().toMillis();
  }

  private static Deviation earlier(@Nullable Deviation first, Deviation other) {
    return first == null || Deviation.OPENING_ORDER.compare(other, first) < 0 ? other : first;
  }
}
