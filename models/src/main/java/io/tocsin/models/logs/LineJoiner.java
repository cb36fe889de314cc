// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import io.tocsin.models.logs.Continuation.Kind;
import io.tocsin.models.telemetry.LogLine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of one message, such as a stack trace, that came as several: of each stream, the
 * last line is held until the next shows that it is complete, or until none has come for a while.
 *
 * <p>Time is that of arrival ({@link LogLine#arrival}), since lines of a trace rarely carry a time
 * of their own. What a line joins takes over its time, source and trace id, and the graver of both
 * severities.
 */
public final class LineJoiner {
  /** There is nothing to wait for. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Of what {@link #writeTo} writes. */
  private static final int VERSION = 1;

  private static final Comparator<OpenLine> ORDER =
      Comparator.comparingLong(OpenLine::arrival)
          .thenComparingLong(OpenLine::time)
          .thenComparingLong(OpenLine::stream);

  private final LineJoinSettings settings;
  private final long within;
  private final Map<Long, OpenLine> open = new HashMap<>();
  private final LogLine cursor = new LogLine();

  /** The stream of the line before, which most often is that of the next, too. */
  private @Nullable OpenLine latest;

  public LineJoiner(LineJoinSettings settings) {
    this.settings = settings;
    within = settings.within().toMillis();
  }

  /** A copy that shares nothing that changes. */
  public LineJoiner copy() {
    LineJoiner copy = new LineJoiner(settings);
    open.forEach((stream, line) -> copy.open.put(stream, line.copy()));
    return copy;
  }

  /** Takes the next line; what is complete by it is handed out before. */
  public void add(LogLine line, JoinedLines out) {
    OpenLine before = find(line.stream());
    Kind last = before == null ? Kind.NEW : before.last();
    Kind kind = Continuation.of(line.bytes(), line.from(), line.to(), last);
    if (before == null) {
      begin(line, kind, out);
      return;
    }
    latest = before;
    if (kind != Kind.NEW && Math.abs(line.arrival() - before.arrival()) <= within) {
      before.goOn(line, kind, settings.maxJoinedBytes());
    } else {
      hand(before, out);
      before.begin(line, kind, settings.maxJoinedBytes());
    }
  }

  private void begin(LogLine line, Kind kind, JoinedLines out) {
    if (open.size() >= settings.maxStreams()) {
      end(NEVER, out);
    }
    OpenLine begun = new OpenLine(line.stream());
    begun.begin(line, kind, settings.maxJoinedBytes());
    open.put(line.stream(), begun);
    latest = begun;
  }

  private @Nullable OpenLine find(long stream) {
    OpenLine line = latest;
    return line != null && line.stream() == stream ? line : open.get(stream);
  }

  /**
   * Hands out the lines that no later one can join.
   *
   * @param arrival ms since the epoch; all that arrived before has been added
   */
  public void advance(long arrival, JoinedLines out) {
    // What has not begun is at the very beginning of time.
    end(Math.max(arrival, Long.MIN_VALUE + within) - within, out);
  }

  /** Hands out all lines that are held. */
  public void flush(JoinedLines out) {
    end(NEVER, out);
  }

  /** Ends the lines that arrived before this, in the order of their arrival. */
  private void end(long arrival, JoinedLines out) {
    List<OpenLine> complete = new ArrayList<>();
    for (OpenLine line : open.values()) {
      if (line.arrival() < arrival) {
        complete.add(line);
      }
    }
    complete.sort(ORDER);
    for (OpenLine line : complete) {
      hand(line, out);
      open.remove(line.stream());
    }
    latest = null;
  }

  private void hand(OpenLine line, JoinedLines out) {
    line.show(cursor);
    out.line(cursor);
  }

  /** The time from which {@link #advance} hands out something; {@link #NEVER} if it holds none. */
  public long nextEnd() {
    long first = NEVER;
    for (OpenLine line : open.values()) {
      first = Math.min(first, line.arrival() + within + 1);
    }
    return first;
  }

  /** How many lines are held. */
  public int size() {
    return open.size();
  }

  /** Writes what is held, so that {@link #readFrom} gives the same again. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    List<OpenLine> lines = new ArrayList<>(open.values());
    lines.sort(ORDER);
    out.writeInt(lines.size());
    for (OpenLine line : lines) {
      line.writeTo(out);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if a later release wrote it
   */
  public static LineJoiner readFrom(DataInput in, LineJoinSettings settings) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the state has joined lines of version " + version + ", this release has " + VERSION);
    }
    LineJoiner joiner = new LineJoiner(settings);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      OpenLine line = OpenLine.readFrom(in);
      joiner.open.put(line.stream(), line);
    }
    return joiner;
  }
}
