// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rows;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * How many snapshots were begun of the tables that one thread changes, so that a copy knows of how
 * many the original is part; and pages that a snapshot no longer needs. Without them, what is
 * copied for a snapshot would be garbage that has grown old: as many bytes as there are rows, each
 * time.
 *
 * <p>One thread begins snapshots and copies tables; others write them away.
 */
public final class Snapshots {
  /** By length: given back since the last snapshot began, and before it. */
  private final Map<Integer, Queue<byte[]>> given = new ConcurrentHashMap<>();

  private Map<Integer, Queue<byte[]>> older = Map.of();
  private int begun;

  /** A snapshot of all tables begins. */
  public void begin() {
    begun++;
    // What was not used during a whole snapshot is too much.
    older = Map.copyOf(given);
    given.clear();
  }

  /** How many have begun. */
  public int begun() {
    return begun;
  }

  /** A page that nobody needs, with whatever is on it. */
  byte[] take(int length) {
    byte[] page = poll(older, length);
    if (page == null) {
      page = poll(given, length);
    }
    return page == null ? new byte[length] : page;
  }

  private static byte @Nullable [] poll(Map<Integer, Queue<byte[]>> pages, int length) {
    Queue<byte[]> some = pages.get(length);
    return some == null ? null : some.poll();
  }

  /** Gives a page back; called by whoever writes a snapshot. */
  void give(byte[] page) {
    given.computeIfAbsent(page.length, any -> new ConcurrentLinkedQueue<>()).add(page);
  }
}
