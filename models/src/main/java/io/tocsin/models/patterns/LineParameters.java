// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Parameters of a line by its pattern, read off the scanner. */
final class LineParameters implements Parameters {
  private final LineWords line;
  private final int[] positions = new int[LineWords.MAX_WORDS];
  private int count;

  LineParameters(LineWords line) {
    this.line = line;
  }

  void of(MinedPattern pattern) {
    count = 0;
    for (int i = 0; i < pattern.template.words.length; i++) {
      if (pattern.template.words[i] == 0) {
        positions[count++] = i;
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int position(int index) {
    return positions[index];
  }

  @Override
  public ParameterType type(int index) {
    int form = line.form[positions[index]];
    return form >= 0
        ? WordForm.TYPES[form]
        : line.isQuoted(positions[index]) ? ParameterType.QUOTED : ParameterType.WORD;
  }

  @Override
  public int from(int index) {
    return line.from[positions[index]];
  }

  @Override
  public int to(int index) {
    return line.to[positions[index]];
  }
}
