// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.micro;

import io.tocsin.models.rows.Row;
import io.tocsin.models.rows.RowPages;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Access to rows of state in no order: what the memory costs, whatever is done with a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class ReadRows {
  private static final int ROW_BYTES = 256;

  /** Some that fit into the processor's caches, and some that do not. */
  @Param({"1000", "100000", "1000000"})
  public int rows;

  private final Row row = new Row();
  private RowPages pages;
  private int[] order;
  private int next;

  /** Makes the rows. */
  @Setup
  public void prepare() {
    pages = new RowPages(ROW_BYTES);
    order = new int[rows];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rows; i++) {
      pages.add();
      order[i] = random.nextInt(rows);
    }
  }

  /** Reads and writes at both ends of the next row. */
  @Benchmark
  public double update() {
    pages.read(order[next], row);
    next = next + 1 == rows ? 0 : next + 1;
    double first = row.getDouble(0) + 1;
    row.setDouble(0, first);
    row.setDouble(ROW_BYTES - Double.BYTES, first);
    return first;
  }
}
