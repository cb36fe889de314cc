// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The simple detectors of sequences, which deep ones hardly better once data are split by time
 * (Landauer et al., A Critical Review of Common Log Data Sets, FSE 2024). Each looks for what was
 * never seen in training.
 */
public enum SessionDetector {
  /** Flags everything: what a figure is worth is how far it is above this. */
  FLAG_ALL("flag all"),
  /** An event that was never seen. */
  NEW_EVENT("new event"),
  /** A number of events that was never seen. */
  NEW_LENGTH("new length"),
  /** How often each event occurs, in a combination that was never seen. */
  NEW_COUNTS("new counts"),
  /** An event after another one that it was never seen after. */
  NEW_PAIR("new pair");

  private final String title;

  SessionDetector(String title) {
    this.title = title;
  }

  /** What must have been seen before for a session to be normal. */
  private Collection<?> traits(Session session) {
    return switch (this) {
      case FLAG_ALL -> List.of();
      case NEW_EVENT -> session.events();
      case NEW_LENGTH -> List.of(session.events().size());
      case NEW_COUNTS -> List.of(counts(session));
      case NEW_PAIR -> pairs(session);
    };
  }

  /** As it is written in tables. */
  public String title() {
    return title;
  }

  /**
   * What it flags of the sessions that are not for training.
   *
   * @param found anomalous sessions that were flagged
   * @param missed anomalous sessions that were not
   * @param wrong normal sessions that were flagged
   * @param normal sessions in all
   */
  public record Result(int found, int missed, int wrong, int normal) {
    /** Harmonic mean of precision and recall. */
    public double f1() {
      return found == 0 ? 0 : 2.0 * found / (2.0 * found + missed + wrong);
    }

    /** Of flagged sessions, the share that is anomalous. */
    public double precision() {
      return found == 0 ? 0 : (double) found / (found + wrong);
    }

    /** Of anomalous sessions, the share that is flagged. */
    public double recall() {
      return found == 0 ? 0 : (double) found / (found + missed);
    }

    /** Flagged of 10,000 normal sessions. */
    public double falsePer10k() {
      return normal == 0 ? Double.NaN : 10_000.0 * wrong / normal;
    }
  }

  /** Learns from normal sessions for training, judges all that are not for training. */
  public Result judge(List<Session> sessions) {
    Set<Object> known = new HashSet<>();
    for (Session session : sessions) {
      if (session.training() && !session.anomalous()) {
        known.addAll(traits(session));
      }
    }
    int found = 0;
    int missed = 0;
    int wrong = 0;
    int normal = 0;
    for (Session session : sessions) {
      if (!session.training()) {
        boolean flagged = this == FLAG_ALL || !known.containsAll(traits(session));
        found += session.anomalous() && flagged ? 1 : 0;
        missed += session.anomalous() && !flagged ? 1 : 0;
        wrong += !session.anomalous() && flagged ? 1 : 0;
        normal += session.anomalous() ? 0 : 1;
      }
    }
    return new Result(found, missed, wrong, normal);
  }

  private static Map<String, Integer> counts(Session session) {
    Map<String, Integer> counts = new HashMap<>();
    session.events().forEach(event -> counts.merge(event, 1, Integer::sum));
    return counts;
  }

  private static Set<List<String>> pairs(Session session) {
    Set<List<String>> pairs = new HashSet<>();
    List<String> events = session.events();
    for (int i = 1; i < events.size(); i++) {
      pairs.add(List.of(events.get(i - 1), events.get(i)));
    }
    return pairs;
  }
}
