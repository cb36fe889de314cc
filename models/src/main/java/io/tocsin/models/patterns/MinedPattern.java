// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is kept of one pattern. */
final class MinedPattern {
  private static final int OVERHEAD_BYTES = 200;

  final long id;
  final long shape;
  final long first;
  final Template template;
  byte[] sample = {};
  long last;
  long count;

  @Nullable MinedPattern nextOfShape;
  @Nullable MinedPattern older;
  @Nullable MinedPattern newer;

  MinedPattern(long id, long shape, long first, Template template) {
    this.id = id;
    this.shape = shape;
    this.first = first;
    this.template = template;
    last = first;
  }

  boolean isOlderThan(MinedPattern other) {
    return first < other.first || (first == other.first && id < other.id);
  }

  int bytes() {
    return OVERHEAD_BYTES + template.bytes() + sample.length;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(id);
    out.writeLong(shape);
    out.writeLong(first);
    out.writeLong(last);
    out.writeLong(count);
    out.writeInt(sample.length);
    out.write(sample);
    template.write(out);
  }

  static MinedPattern read(DataInput in) throws IOException {
    long id = in.readLong();
    long shape = in.readLong();
    long first = in.readLong();
    long last = in.readLong();
    long count = in.readLong();
    byte[] sample = new byte[in.readInt()];
    in.readFully(sample);
    MinedPattern pattern = new MinedPattern(id, shape, first, Template.read(in));
    pattern.sample = sample;
    pattern.last = last;
    pattern.count = count;
    return pattern;
  }
}
