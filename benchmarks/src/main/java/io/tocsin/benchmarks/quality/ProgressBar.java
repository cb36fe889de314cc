// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** How far a long run is: one line that moves on a terminal, elsewhere a line now and then. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long FRAME_NANOS = 200_000_000;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final long all;
  private final long began = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private long shown = began;
  private String what = "";

  /**
   * A bar that has not begun.
   *
   * @param all how much is to be done
   */
  ProgressBar(PrintStream out, boolean terminal, long all) {
    this.out = out;
    this.terminal = terminal;
    this.all = Math.max(1, all);
  }

  /** Tells what is done from now on. */
  synchronized void begin(String now) {
    what = now;
    show();
  }

  /** Tells what is done at the moment; may be told so often that not all of it is shown. */
  synchronized void tell(String now) {
    what = now;
    showIfDue();
  }

  /** So much more is done; may be told from several threads. */
  void add(long more) {
    done.addAndGet(more);
    synchronized (this) {
      showIfDue();
    }
  }

  private void showIfDue() {
    long now = System.nanoTime();
    if (now - shown >= (terminal ? FRAME_NANOS : PLAIN_NANOS)) {
      shown = now;
      show();
    }
  }

  /** Takes the line away. */
  synchronized void end() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private void show() {
    double part = Math.min(1, (double) done.get() / all);
    int full = (int) (part * WIDTH);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    String line = "[%s] %3.0f %% %4d s  %s".formatted(bar, 100 * part, seconds, what);
    out.print(terminal ? CLEAR + line : line + "\n");
    out.flush();
  }
}
