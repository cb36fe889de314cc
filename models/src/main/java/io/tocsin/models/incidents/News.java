// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.telemetry.Entity;

/**
 * Something that has changed since an incident was told last.
 *
 * @param kind what has changed
 * @param entity with whom
 * @param detail the severity, the number of those affected, the change's title or the other
 *     incident's id; empty where the kind says all
 */
public record News(Kind kind, Entity entity, String detail) {

  /** What can change. */
  public enum Kind {
    /** It has become more severe. */
    SEVERITY,
    /** More services or workloads have symptoms. */
    AFFECTED,
    /** A change near it has become known. */
    CHANGE,
    /** Another suspect is the first. */
    SUSPECT,
    /** Nothing stands out any more. */
    NO_SUSPECT,
    /** A part of it has become an incident of its own. */
    SPLIT
  }
}
