// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;

/**
 * Something that was looked at and is not the cause.
 *
 * @param entity what was looked at
 * @param reason why it is ruled out, in one clause
 * @param why the same as data
 * @param than the first suspect, with whom it was compared; nothing for one that was quiet
 * @param millis how much later it began, or how long it was quiet before the onset; else 0
 */
public record Cleared(Entity entity, String reason, Why why, Entity than, long millis) {

  /** Why something is ruled out. */
  public enum Why {
    /** It began later than the first suspect. */
    BEGAN_LATER,
    /** It deviates less than the first suspect. */
    DEVIATES_LESS,
    /** It depends on the first suspect. */
    DEPENDS,
    /** It was watched and does not deviate. */
    QUIET,
    /** What only the clause says. */
    OTHER
  }

  /** Why something is ruled out, in the words of a language. */
  static Cleared of(Entity entity, Why why, Entity than, long millis, Wording wording) {
    Cleared cleared = new Cleared(entity, "", why, than, millis);
    return new Cleared(entity, wording.cleared(cleared), why, than, millis);
  }
}
