// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.changes;

import io.tocsin.models.telemetry.Entity;

/**
 * Something that people or their tools did: a deploy, a flag, a configuration, a scaling.
 *
 * @param id given by the sender, else the hash of the other parts
 * @param time when it took effect, event time in ms since the epoch
 * @param kind {@code deploy}, {@code rollout}, {@code flag}, {@code config}, {@code scaling},
 *     {@code restart} or the sender's word
 * @param entity what was changed
 * @param title one line for people
 * @param version what it was changed to, or empty
 * @param author who did it, or empty
 * @param link where to read more, or empty
 */
public record Change(
    String id,
    long time,
    String kind,
    Entity entity,
    String title,
    String version,
    String author,
    String link) {
  /** Kinds of what Kubernetes shows; senders have words of their own. */
  public static final String ROLLOUT = "rollout";

  public static final String SCALING = "scaling";
  public static final String RESTART = "restart";

  /** The author of what nobody told, but what Kubernetes' objects show. */
  public static final String KUBERNETES = "Kubernetes";

  /** The same of what its entity turned out to be. */
  public Change about(Entity known) {
    return known.equals(entity)
        ? this
        : new Change(id, time, kind, known, title, version, author, link);
  }

  /** Whether it was derived from what Kubernetes' objects show. */
  public boolean derived() {
    return author.equals(KUBERNETES);
  }
}
