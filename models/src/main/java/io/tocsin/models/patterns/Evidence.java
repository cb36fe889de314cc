// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/**
 * How much one of several distinct words at a place says that the place is a parameter. What the
 * words say is added up.
 */
final class Evidence {
  /** Of so much in all, the place is a parameter: one value and one word, or four words. */
  static final int ENOUGH = 12;

  private static final int VALUE = 11;
  private static final int NUMBERED = 6;
  private static final int LIKELY = 6;
  private static final int OBJECT = 6;
  private static final int WORD = 3;
  private static final int CAPITALS = 1;
  private static final int FIRST_LIKELY = 2;
  private static final int FIRST_WORD = 1;

  private Evidence() {}

  /**
   * Of one word.
   *
   * @param flags of the word in its pattern
   * @param at its place; the first word of a line rather says what the line is about
   * @param object whether it follows a preposition
   */
  static int of(int flags, int at, boolean object) {
    if ((flags & Template.VALUE) != 0) {
      return VALUE;
    }
    if ((flags & Template.NUMBERED) != 0) {
      return NUMBERED;
    }
    if ((flags & Template.LIKELY) != 0) {
      return at == 0 ? FIRST_LIKELY : LIKELY;
    }
    if ((flags & Template.NOT_CAPITALS) == 0) {
      return CAPITALS;
    }
    if (at == 0) {
      return FIRST_WORD;
    }
    return object ? OBJECT : WORD;
  }
}
