// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** The parameters of the line that was last learned; valid until the next one is. */
public interface Parameters {
  /** How many there are. */
  int count();

  /** The place of a parameter's word among all words of the line. */
  int position(int index);

  /** What it looks like. */
  ParameterType type(int index);

  /** Its first byte in the array that was learned. */
  int from(int index);

  /** The byte after its last one. */
  int to(int index);
}
