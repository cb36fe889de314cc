// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that the first parameters of a pattern take, of a sample of its lines: few known ones,
 * or the range of numbers.
 */
final class ParameterMemory {
  /** Further parameters of a pattern are not looked at. */
  private static final int MOST_POSITIONS = 6;

  /** Lines of an interval that are looked at. */
  private static final int MOST_LINES = 16;

  private final List<ParameterValues> positions = new ArrayList<>();

  /** Lines of this interval that were looked at; not part of the state. */
  private int lines;

  /** Whether one more line of this interval is to be looked at. */
  boolean wants() {
    return lines < MOST_LINES;
  }

  /** Begins with the parameters of a line. */
  void line() {
    lines++;
  }

  /** Takes in one parameter of the line. */
  void value(int position, String value) {
    if (position >= MOST_POSITIONS) {
      return;
    }
    while (positions.size() <= position) {
      positions.add(new ParameterValues());
    }
    positions.get(position).take(value);
  }

  /**
   * What changed in the interval that is over, the most surprising; null for nothing.
   *
   * @param boundary the score's unit, in decimal digits
   */
  @Nullable Change close(double boundary) {
    Change most = null;
    for (int i = 0; i < positions.size(); i++) {
      ParameterValues.Novel novel = positions.get(i).close(lines, boundary);
      if (novel != null && (most == null || novel.score() > most.novel().score())) {
        most = new Change(i + 1, novel);
      }
    }
    lines = 0;
    return most;
  }

  /** A parameter that changed. */
  record Change(int position, ParameterValues.Novel novel) {}

  ParameterMemory copy() {
    ParameterMemory copy = new ParameterMemory();
    positions.forEach(each -> copy.positions.add(each.copy()));
    copy.lines = lines;
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(lines);
    out.writeInt(positions.size());
    for (ParameterValues each : positions) {
      each.writeTo(out);
    }
  }

  static ParameterMemory readFrom(DataInput in) throws IOException {
    ParameterMemory memory = new ParameterMemory();
    memory.lines = in.readInt();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      memory.positions.add(ParameterValues.readFrom(in));
    }
    return memory;
  }
}
