// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

/**
 * What series of one group of entities said in one tick of arrival, as entries of an {@link
 * io.tocsin.models.entities.EntryBuffer}. Immutable once made.
 */
public final class EntityEntries {
  /** Stands in place of a group while entries of all groups are together. */
  public static final int ALL = -1;

  private final int group;
  private final long tick;
  private final byte[] entries;

  public EntityEntries(int group, long tick, byte[] entries) {
    this.group = group;
    this.tick = tick;
    this.entries = entries;
  }

  int group() {
    return group;
  }

  /** The end of the tick, ms since the epoch. */
  long tick() {
    return tick;
  }

  byte[] entries() {
    return entries;
  }
}
