// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;

/**
 * What somebody said of an incident.
 *
 * @param incident its id
 * @param kind what was said
 * @param entity of whom: the suspect; of noise and silence, where the incident is felt
 * @param metric of noise, the family of the metric that opened it; else empty
 * @param time the incident's last transition then, event time in ms since the epoch
 * @param author who said it, or empty
 * @param comment in their words, or empty
 */
public record Feedback(
    String incident,
    Kind kind,
    Entity entity,
    String metric,
    long time,
    String author,
    String comment) {

  /** What can be said. */
  public enum Kind {
    /** This was the cause. */
    CONFIRMED,
    /** This was not the cause. */
    WRONG,
    /** Nobody should have been told. */
    NOISE,
    /** It is known, and its alert is silenced for a while. */
    MUTED
  }

  public Feedback {
    entity = entity.withoutInstance();
  }

  /**
   * What the newest of is to hold: a later word replaces an earlier one on the same question, which
   * is whether a suspect was the cause, whether the incident was noise, or whether it is muted.
   */
  public String key() {
    String question =
        switch (kind) {
          case CONFIRMED, WRONG -> Subject.of(entity).text().replace('\n', '/');
          case NOISE -> "noise";
          case MUTED -> "muted";
        };
    return "feedback/" + incident + "/" + question;
  }
}
