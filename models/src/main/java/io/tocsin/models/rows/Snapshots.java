// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

/**
 * The snapshots that are taken of tables while they are used. Without it, what is copied for a
 * snapshot would be garbage that has grown old: as many bytes as there are rows, each time.
 */
public interface Snapshots {
  /** How many have begun. A table that is part of one must be copied before it is used again. */
  int begun();

  /** A handover of so many pages, from rows that are written away to the copy that goes on. */
  Handover handover(int pages);

  /**
   * Between rows that are written away once and the copy that takes their place: which of the
   * shared pages are written, and so are the copy's, and which the copy has replaced before that.
   * The one side may write while the other goes on.
   */
  interface Handover {
    /** Whether only the copy needs the page. */
    boolean isWritten(int page);

    /**
     * The page for the copy to change: the shared one when it is written, else another with the
     * same on it.
     */
    byte[] take(int page, byte[] shared);

    /** The page is written, and whoever wrote it never reads it again. */
    void written(int page, byte[] shared);
  }
}
