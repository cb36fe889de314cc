// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies of base rows as far as they were found since the start; not part of the state. */
final class RowPolicies {
  /** By row, which of those in use, plus one; 0 when it is to be found again. */
  private short[] numbers = new short[0];

  private final List<SeriesPolicy> inUse = new ArrayList<>();

  RowPolicies copy() {
    RowPolicies copy = new RowPolicies();
    copy.numbers = numbers.clone();
    copy.inUse.addAll(inUse);
    return copy;
  }

  /** Makes room for so many rows. */
  void grow(int rows) {
    numbers = Arrays.copyOf(numbers, rows);
  }

  /** The policy of a row; null when it is to be found. */
  @Nullable SeriesPolicy get(int row) {
    int number = numbers[row];
    return number == 0 ? null : inUse.get(number - 1);
  }

  @SuppressWarnings("ReferenceEquality") // equal policies are one object
  void set(int row, SeriesPolicy policy) {
    int number = 0;
    while (number < inUse.size() && inUse.get(number) != policy) {
      number++;
    }
    if (number == inUse.size()) {
      // Kinds and units come with names of metrics, of which a sender may make up any number.
      if (number == Short.MAX_VALUE) {
        forgetAll();
        number = 0;
      }
      inUse.add(policy);
    }
    numbers[row] = (short) (number + 1);
  }

  /** Has the policy of a row found again. */
  void forget(int row) {
    numbers[row] = 0;
  }

  /** Has all policies found again. */
  void forgetAll() {
    Arrays.fill(numbers, (short) 0);
    inUse.clear();
  }
}
