// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that the first parameters of a pattern take, of a sample of its lines: few known ones,
 * or the range of numbers.
 */
final class ParameterMemory {
  /** Further parameters of a pattern are not looked at. */
  private static final int MOST_PLACES = 6;

  /** Lines of an interval that are looked at. */
  private static final int MOST_LINES = 16;

  /** By the place of the parameter's word in the line. */
  private final TreeMap<Integer, ParameterValues> places = new TreeMap<>();

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

  /** Whether the text of a parameter is of use: many-valued ones are looked at as numbers only. */
  boolean wants(int place, boolean number) {
    ParameterValues values = places.get(place);
    return values == null ? places.size() < MOST_PLACES : number || !values.isMany();
  }

  /** Takes in one parameter of the line. */
  void value(int place, String value) {
    ParameterValues values = places.get(place);
    if (values == null && places.size() < MOST_PLACES) {
      values = new ParameterValues();
      places.put(place, values);
    }
    if (values != null) {
      values.take(value);
    }
  }

  /**
   * What changed in the interval that is over, the most surprising; null for nothing.
   *
   * @param boundary the score's unit, in decimal digits
   */
  @Nullable Change close(double boundary) {
    Change most = null;
    int position = 0;
    for (ParameterValues each : places.values()) {
      position++;
      ParameterValues.Novel novel = each.close(lines, boundary);
      if (novel != null && (most == null || novel.score() > most.novel().score())) {
        most = new Change(position, novel);
      }
    }
    lines = 0;
    return most;
  }

  /** A parameter that changed. */
  record Change(int position, ParameterValues.Novel novel) {}

  ParameterMemory copy() {
    ParameterMemory copy = new ParameterMemory();
    places.forEach((place, values) -> copy.places.put(place, values.copy()));
    copy.lines = lines;
    return copy;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(lines);
    out.writeInt(places.size());
    for (Map.Entry<Integer, ParameterValues> each : places.entrySet()) {
      out.writeInt(each.getKey());
      each.getValue().writeTo(out);
    }
  }

  static ParameterMemory readFrom(DataInput in) throws IOException {
    ParameterMemory memory = new ParameterMemory();
    memory.lines = in.readInt();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      memory.places.put(in.readInt(), ParameterValues.readFrom(in));
    }
    return memory;
  }
}
