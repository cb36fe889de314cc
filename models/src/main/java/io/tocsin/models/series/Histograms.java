// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The classic histograms of a table: numbered, and found by the hash of what their buckets share.
 */
final class Histograms {
  private LongIndex index = new LongIndex();
  private final List<@Nullable ClassicHistogram> numbered = new ArrayList<>();

  /** None below this is free; where to look, not part of the state. */
  private int firstFree;

  Histograms copy() {
    Histograms copy = new Histograms();
    for (ClassicHistogram histogram : numbered) {
      copy.numbered.add(histogram == null ? null : histogram.copy());
    }
    copy.index = index.copy();
    return copy;
  }

  int size() {
    return index.size();
  }

  /** All numbers in use are below this. */
  int top() {
    return numbered.size();
  }

  /** The number of a histogram, or {@link LongIndex#NONE}. */
  int number(long group) {
    return index.get(group);
  }

  ClassicHistogram get(int number) {
    return Objects.requireNonNull(numbered.get(number));
  }

  void forEach(Consumer<ClassicHistogram> action) {
    for (ClassicHistogram histogram : numbered) {
      if (histogram != null) {
        action.accept(histogram);
      }
    }
  }

  /** Adds a histogram and gives its number. */
  int add(long group, ClassicHistogram histogram) {
    int number = firstFree;
    while (number < numbered.size() && numbered.get(number) != null) {
      number++;
    }
    firstFree = number + 1;
    if (number == numbered.size()) {
      numbered.add(histogram);
    } else {
      numbered.set(number, histogram);
    }
    index.put(group, number);
    return number;
  }

  void remove(long group, int number) {
    index.remove(group);
    numbered.set(number, null);
    firstFree = Math.min(firstFree, number);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(numbered.size());
    for (ClassicHistogram histogram : numbered) {
      out.writeBoolean(histogram != null);
      if (histogram != null) {
        histogram.writeTo(out);
      }
    }
    index.writeTo(out);
  }

  static Histograms readFrom(DataInput in) throws IOException {
    Histograms read = new Histograms();
    for (int left = in.readInt(); left > 0; left--) {
      read.numbered.add(in.readBoolean() ? ClassicHistogram.readFrom(in) : null);
    }
    read.index = LongIndex.readFrom(in);
    return read;
  }
}
