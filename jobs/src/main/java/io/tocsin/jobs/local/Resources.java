// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be closed when the run ends, the latest first: by the end of the command or by Ctrl-C,
 * whichever comes first.
 */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook;
  private volatile boolean ending;

  /** What is called first when the run ends by Ctrl-C. */
  public Resources(Runnable interrupted) {
    hook =
        new Thread(
            () -> {
              interrupted.run();
              closeAll();
            },
            "ctrl-c");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Adds something; when the run is ending already, it is closed at once. */
  public <T extends AutoCloseable> T add(T resource) {
    boolean late;
    synchronized (open) {
      late = ending;
      if (!late) {
        open.push(resource);
      }
    }
    if (late) {
      quietly(resource);
    }
    return resource;
  }

  /** When the run ends by Ctrl-C, whatever then fails is no news: this waits for the end. */
  public void awaitEndIfEnding() throws InterruptedException {
    if (ending) {
      Thread.currentThread().join();
    }
  }

  /** One thread at a time: the process must not end before the other one is done. */
  private synchronized void closeAll() {
    ending = true;
    while (true) {
      AutoCloseable next;
      synchronized (open) {
        next = open.poll();
      }
      if (next == null) {
        return;
      }
      quietly(next);
    }
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // The others still have to be closed, and there is nobody to tell.
    }
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is just running.
    }
  }
}
