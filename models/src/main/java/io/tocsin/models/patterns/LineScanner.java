// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/**
 * Takes a line apart into words, and finds those that are surely values: numbers, addresses, paths.
 * One pass over the bytes, no allocation. Values beside each other are taken together, for lists
 * have any length.
 *
 * <p>The bytes between words, blanks squeezed, are the line's shape: lines of different shape never
 * share a pattern.
 */
final class LineScanner {
  /** Of a line of more words only the first ones are told apart. */
  static final int MAX_WORDS = 64;

  private static final long EMPTY = 0xA24BAED4963EE407L;
  private static final String[] PREPOSITIONS = {
    "for", "from", "to", "by", "on", "at", "user", "host"
  };
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long BLANK = mix(' ');
  private static final long STEP = 0xD6E8FEB86659FD93L;

  final int[] from = new int[MAX_WORDS];
  final int[] to = new int[MAX_WORDS];

  /** Hash of a word, 0 for a value. */
  final long[] hash = new long[MAX_WORDS];

  /** Ordinal of {@link ParameterType} of a value; one below 0 from {@link WordForm} of a word. */
  final byte[] form = new byte[MAX_WORDS];

  /** How many values a value is made of. */
  final short[] parts = new short[MAX_WORDS];

  private final boolean[] afterQuote = new boolean[MAX_WORDS];
  private final long[] glue = new long[MAX_WORDS + 1];
  private final WordForm word = new WordForm();

  private int words;
  private long shape;
  private int first;
  private int end;
  private byte[] text = {};

  /** Punctuation since the last word, hashed; 0 when there is none. */
  private long between;

  /** Whether blanks follow it. */
  private boolean space;

  /** Whether it is one comma. */
  private boolean list;

  /** Whether it ends in a quotation mark. */
  private boolean quoted;

  int words() {
    return words;
  }

  /** Hash of the punctuation between words and of their number. */
  long shape() {
    return shape;
  }

  /** Where the last word that is told apart ends; what follows it is more words. */
  int end() {
    return end;
  }

  /** Whether a word stands after a quotation mark. */
  boolean quoted(int at) {
    return afterQuote[at];
  }

  /** Whether a word is what the one before it, with only a blank between, is about. */
  boolean followsPreposition(int at) {
    if (at == 0 || glue[at] != BLANK || form[at - 1] != WordForm.PLAIN) {
      return false;
    }
    for (String each : PREPOSITIONS) {
      if (Bytes.equal(text, from[at - 1], to[at - 1], each)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a line. */
  void scan(byte[] line, int lineFrom, int lineTo) {
    text = line;
    first = lineFrom;
    words = 0;
    clearGlue();
    int at = lineFrom;
    while (at < lineTo) {
      byte kind = Bytes.CLASS[line[at] & 0xff];
      if (kind == Bytes.SPACE) {
        space = true;
        at++;
      } else if (kind == Bytes.GLUE || isDots(at, lineTo)) {
        glue(at);
        at++;
      } else if (words == MAX_WORDS) {
        break;
      } else {
        at = word(at, lineTo);
      }
    }
    end = at;
    shape = at < lineTo ? SEED : between;
    for (int i = 0; i < words; i++) {
      shape = mix(shape ^ glue[i]);
    }
    shape = mix(shape ^ words);
  }

  private void glue(int at) {
    byte b = text[at];
    if (b == '.' && between != 0 && text[at - 1] == '.') {
      return;
    }
    if (words < MAX_WORDS && at - 2 >= first && isEmpty(at)) {
      add(at, at, EMPTY, WordForm.EMPTY);
    }
    list = b == ',' && between == 0;
    between = mix(gap() ^ (b & 0xffL) << 8 ^ STEP);
    space = false;
    quoted = b == '"' || b == '\'' || b == '`';
  }

  /** Whether brackets or quotation marks close here that hold nothing and follow no word. */
  private boolean isEmpty(int at) {
    byte before = text[at - 1];
    boolean closes =
        switch (text[at]) {
          case ')' -> before == '(';
          case ']' -> before == '[';
          case '}' -> before == '{';
          case '"', '\'' -> before == text[at];
          default -> false;
        };
    byte outside = text[at - 2];
    return closes && (Bytes.kind(outside) == Bytes.SPACE || outside == '=' || outside == ':');
  }

  /** Hash of what lies between the last word and here. */
  private long gap() {
    return space && !list ? mix(between ^ ' ') : between;
  }

  private void clearGlue() {
    between = 0;
    space = false;
    list = false;
    quoted = false;
  }

  /** Dots that end a sentence, or a row of them. */
  private boolean isDots(int at, int lineTo) {
    if (text[at] != '.') {
      return false;
    }
    if (at + 1 >= lineTo || text[at + 1] == '.') {
      return true;
    }
    byte next = Bytes.kind(text[at + 1]);
    return next == Bytes.SPACE || next == Bytes.GLUE;
  }

  private int word(int begin, int lineTo) {
    word.clear();
    long h = SEED;
    int at = begin;
    for (; at < lineTo; at++) {
      byte b = text[at];
      byte kind = Bytes.CLASS[b & 0xff];
      if (kind == Bytes.LETTER) {
        word.letter(b);
      } else if (kind == Bytes.DIGIT) {
        word.digit();
      } else if (kind == Bytes.INNER) {
        if (b == '.' && isDots(at, lineTo)) {
          break;
        }
        word.inner(b);
      } else if (kind == Bytes.SPACE || b != ':' || !isWithinWord(begin, at, lineTo)) {
        break;
      }
      h = (h ^ b) * STEP;
    }
    return finishWord(begin, at, lineTo, h);
  }

  /** Whether a colon is that of a drive's letter, which is the only one within a plain word. */
  private boolean isWithinWord(int begin, int at, int lineTo) {
    return at == begin + 1 && at + 1 < lineTo && text[at + 1] == '\\';
  }

  private int finishWord(int begin, int at, int lineTo, long h) {
    int after = CompoundWord.end(text, begin, at, lineTo, word);
    if (after > at) {
      add(begin, after, 0, CompoundWord.type(text, begin, at));
      return after;
    }
    int form = word.decide(text, begin, at);
    if (form == WordForm.IP) {
      after = CompoundWord.endOfPort(text, at, lineTo);
      add(begin, after, 0, form);
      return after;
    }
    if ((form == WordForm.PLAIN || form == WordForm.CAPITALS) && isUnit(begin, at)) {
      to[words - 1] = at;
      this.form[words - 1] = (byte) WordForm.SIZE;
      clearGlue();
      return at;
    }
    if (form == WordForm.PLAIN && quoted && at < lineTo && isQuote(text[at])) {
      form = WordForm.LIKELY;
    }
    add(begin, at, form >= 0 ? 0 : mix(h) | 1, form);
    return at;
  }

  /** Whether a word is the unit of a number before it: of bytes, for their scale varies. */
  private boolean isUnit(int begin, int at) {
    int length = at - begin;
    boolean beside = words > 0 && form[words - 1] == WordForm.NUMBER && space && between == 0;
    if (!beside || length > 3 || text[at - 1] != 'B') {
      return false;
    }
    if (length == 1) {
      return true;
    }
    return "kKMGT".indexOf(text[begin]) >= 0 && (length == 2 || text[begin + 1] == 'i');
  }

  private static boolean isQuote(byte b) {
    return b == '"' || b == '\'' || b == '`';
  }

  private void add(int begin, int after, long h, int kind) {
    int form = kind;
    long value = h;
    boolean beside = words > 0 && (list || (space && between == 0));
    if (form == WordForm.CALENDAR && beside && form(words - 1) >= 0) {
      form = WordForm.TIMESTAMP;
      value = 0;
    }
    if (form >= 0 && beside) {
      while (words > 0 && form(words - 1) == WordForm.CALENDAR) {
        absorb(words - 1);
      }
    }
    if (form >= 0 && beside && form(words - 1) >= 0) {
      extend(after, form);
    } else {
      from[words] = begin;
      to[words] = after;
      hash[words] = value;
      this.form[words] = (byte) form;
      parts[words] = 1;
      afterQuote[words] = quoted;
      glue[words] = words == 0 ? between : gap();
      words++;
    }
    clearGlue();
  }

  private int form(int at) {
    return form[at];
  }

  /** Makes a month's or a day's name a value, one with the value before it where there is one. */
  private void absorb(int at) {
    form[at] = (byte) WordForm.TIMESTAMP;
    hash[at] = 0;
    boolean beside = at > 0 && glue[at] == BLANK && (form[at - 1] >= 0 || form(at - 1) == -3);
    if (beside) {
      form[at - 1] = (byte) WordForm.TIMESTAMP;
      hash[at - 1] = 0;
      to[at - 1] = to[at];
      parts[at - 1] += parts[at];
      words--;
    }
  }

  private void extend(int after, int form) {
    int last = words - 1;
    to[last] = after;
    parts[last]++;
    if (this.form[last] != form) {
      boolean time = this.form[last] == WordForm.TIMESTAMP && form == WordForm.NUMBER;
      this.form[last] = (byte) (time ? WordForm.TIMESTAMP : WordForm.LIST);
    } else if (form != WordForm.TIMESTAMP) {
      this.form[last] = (byte) WordForm.LIST;
    }
  }

  /**
   * A hash of the line's shape and words, from which the id of the pattern that it founds comes.
   */
  long firstForm(long seed) {
    long h = mix(seed ^ shape);
    for (int i = 0; i < words; i++) {
      h = mix(h ^ hash[i]);
    }
    return h == 0 ? SEED : h;
  }

  /** Bijective in a and thorough; the finisher of MurmurHash3 (Austin Appleby, public domain). */
  static long mix(long a) {
    long h = a;
    h ^= h >>> 33;
    h *= 0xFF51AFD7ED558CCDL;
    h ^= h >>> 33;
    h *= 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }
}
