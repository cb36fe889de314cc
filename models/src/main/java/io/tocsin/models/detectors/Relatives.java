// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

import io.tocsin.models.rows.Row;
import org.jspecify.annotations.Nullable;

/**
 * The series that a new one starts from: its siblings, which are other running copies of the same,
 * or else series of the same metric. A cursor over a few of them.
 */
public interface Relatives {

  /** How many there are. */
  int size();

  /** Whether they are siblings, so that what they do is what the new series is to do. */
  boolean siblings();

  /** Moves to one of them, from 0. */
  void move(int number);

  /** What was learned of the one moved to; not to be changed. */
  Row state();

  /** The profile of the one moved to, or null while it has none; not to be changed. */
  @Nullable Row profile();

  /** Usual time between two samples of the one moved to, ms; 0 while it is not known. */
  long interval();
}
