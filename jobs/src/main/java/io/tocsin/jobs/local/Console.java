// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the user sees. On a terminal, what is waited for is one line that moves; elsewhere, a line
 * when it begins, one now and then, and one when it is done.
 */
final class Console implements AutoCloseable {
  private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final String CLEAR = "\r\u001b[2K";
  private static final Duration FRAME = Duration.ofMillis(125);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean terminal;
  private final ScheduledExecutorService clock;
  private @Nullable Wait current;
  private int frame;

  Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "console");
              thread.setDaemon(true);
              return thread;
            });
    long period = (terminal ? FRAME : PLAIN).toMillis();
    var unused = clock.scheduleAtFixedRate(this::move, period, period, TimeUnit.MILLISECONDS);
  }

  /** The console of this process; the launcher says whether it is a terminal. */
  static Console standard() {
    return new Console(System.out, Boolean.getBoolean("tocsin.terminal"));
  }

  /** Whether colours can be used. */
  boolean hasColours() {
    return terminal && System.getenv("NO_COLOR") == null;
  }

  /** Prints a line, above what is waited for. */
  synchronized void say(String text) {
    out.print(terminal ? CLEAR + text + "\n" : text + "\n");
    show();
    out.flush();
  }

  /** Begins a wait; the one before must be over. */
  synchronized Wait begin(String what) {
    Wait wait = new Wait(what);
    current = wait;
    if (!terminal) {
      out.println(what + " ...");
    }
    show();
    out.flush();
    return wait;
  }

  private synchronized void move() {
    if (current != null) {
      frame = (frame + 1) % FRAMES.length;
      if (terminal) {
        show();
      } else {
        out.println("  " + current.text());
      }
      out.flush();
    }
  }

  private void show() {
    if (terminal && current != null) {
      out.print(CLEAR + FRAMES[frame] + " " + current.text());
    }
  }

  private synchronized void end(Wait wait, String line) {
    if (current == wait) {
      current = null;
      out.print((terminal ? CLEAR : "") + line + "\n");
      out.flush();
    }
  }

  /** Takes away the line that moves. */
  @Override
  public synchronized void close() {
    clock.shutdownNow();
    if (terminal && current != null) {
      out.print(CLEAR);
      out.flush();
    }
    current = null;
  }

  /** Something that takes a while. */
  final class Wait {
    private final String what;
    private final long began = System.nanoTime();
    private volatile String detail = "";

    private Wait(String what) {
      this.what = what;
    }

    /** Says how far it is. */
    void detail(String text) {
      detail = text;
    }

    /** Says how far it is by a bar; the part is between 0 and 1. */
    void progress(double part, String text) {
      int full = (int) Math.round(20 * Math.min(1, Math.max(0, part)));
      detail =
          String.format(
              Locale.ROOT,
              "%s%s %3.0f %% %s",
              "█".repeat(full),
              "░".repeat(20 - full),
              100 * Math.min(1, Math.max(0, part)),
              text);
    }

    private String text() {
      String more = detail;
      return what + (more.isEmpty() ? "" : "  " + more) + "  " + seconds();
    }

    private String seconds() {
      return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
    }

    /** It is over; the text says with which result. */
    void done(String result) {
      end(this, "✓ " + result + "  (" + seconds() + ")");
    }
  }
}
