// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Parameters of a line by its template, read off the scanner when they are asked for. */
final class LineParameters implements Parameters {
  private static final Template NONE = new Template(0, new byte[0]);
  private static final int UNKNOWN = -1;

  private final LineWords line;
  private final int[] positions = new int[LineWords.MAX_WORDS];
  private Template template = NONE;
  private int count;

  LineParameters(LineWords line) {
    this.line = line;
  }

  void of(Template now) {
    template = now;
    count = UNKNOWN;
  }

  @Override
  public int count() {
    if (count == UNKNOWN) {
      count = 0;
      for (int i = 0; i < template.words.length; i++) {
        if (template.words[i] == 0) {
          positions[count++] = i;
        }
      }
    }
    return count;
  }

  @Override
  public int position(int index) {
    if (index >= count()) {
      throw new IndexOutOfBoundsException(index);
    }
    return positions[index];
  }

  @Override
  public ParameterType type(int index) {
    int at = position(index);
    int form = line.form[at];
    if (form >= 0) {
      return WordForm.TYPES[form];
    }
    return line.isQuoted(at) ? ParameterType.QUOTED : ParameterType.WORD;
  }

  @Override
  public int from(int index) {
    return line.from[position(index)];
  }

  @Override
  public int to(int index) {
    return line.to[position(index)];
  }
}
