// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.models.rows.Snapshots;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as Flink's heap backend takes them: one thread begins them and uses tables, others
 * write away what it has copied. Pages that are written after they were replaced are used for the
 * next replacements.
 */
public final class PageSnapshots implements Snapshots {
  /** By length: given back since the last snapshot began. */
  private final Map<Integer, Queue<byte[]>> given = new ConcurrentHashMap<>();

  /** Given back before that; only the thread that uses tables has these. */
  private Map<Integer, Queue<byte[]>> older = Map.of();

  private int begun;

  /** A snapshot of all tables begins. */
  public void begin() {
    begun++;
    // What was not used during a whole snapshot is too much.
    older = Map.copyOf(given);
    given.clear();
  }

  @Override
  public int begun() {
    return begun;
  }

  @Override
  public Handover handover(int pages) {
    return new PageHandover(pages);
  }

  /** A page that nobody needs, with whatever is on it. */
  private byte[] free(int length) {
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

  private void give(byte[] page) {
    given.computeIfAbsent(page.length, any -> new ConcurrentLinkedQueue<>()).add(page);
  }

  private final class PageHandover implements Handover {
    private static final int SHARED = 0;
    private static final int WRITTEN = 1;
    private static final int REPLACED = 2;

    private final AtomicIntegerArray states;

    PageHandover(int pages) {
      states = new AtomicIntegerArray(pages);
    }

    @Override
    public boolean isWritten(int page) {
      return states.get(page) == WRITTEN;
    }

    /** The page may be given back while it is copied, but nobody else takes it then. */
    @Override
    public byte[] take(int page, byte[] shared) {
      if (!states.compareAndSet(page, SHARED, REPLACED)) {
        return shared;
      }
      byte[] own = free(shared.length);
      System.arraycopy(shared, 0, own, 0, shared.length);
      return own;
    }

    @Override
    public void written(int page, byte[] shared) {
      if (!states.compareAndSet(page, SHARED, WRITTEN)) {
        give(shared);
      }
    }
  }
}
