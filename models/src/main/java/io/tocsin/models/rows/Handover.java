// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Between rows that are written away once and the copy that goes on in their place: which of the
 * shared pages are written, and so are the copy's, and which the copy has replaced before that.
 */
final class Handover {
  private static final int SHARED = 0;
  private static final int WRITTEN = 1;
  private static final int REPLACED = 2;

  private final Snapshots snapshots;
  private final AtomicIntegerArray pages;

  Handover(Snapshots snapshots, int pages) {
    this.snapshots = snapshots;
    this.pages = new AtomicIntegerArray(pages);
  }

  /** Whether only the copy needs the page. */
  boolean isWritten(int page) {
    return pages.get(page) == WRITTEN;
  }

  /** The page for the copy to change: the shared one when it is written, else one in its place. */
  byte[] take(int page, byte[] shared) {
    if (!pages.compareAndSet(page, SHARED, REPLACED)) {
      return shared;
    }
    byte[] own = snapshots.take(shared.length);
    System.arraycopy(shared, 0, own, 0, shared.length);
    return own;
  }

  /** The page is written and never read again by who wrote it. */
  void written(int page, byte[] shared) {
    if (!pages.compareAndSet(page, SHARED, WRITTEN)) {
      snapshots.give(shared);
    }
  }
}
