// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/**
 * The words of the line that is being read. Values beside each other, with blanks or a comma
 * between, are taken together, for lists have any length.
 */
final class LineWords {
  /** Of a line of more words only the first ones are told apart. */
  static final int MAX_WORDS = 64;

  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long STEP = 0xD6E8FEB86659FD93L;
  private static final long EMPTY = 0xA24BAED4963EE407L;

  /** What {@link #gap} is for blanks. */
  private static final long BLANK = join(0, ' ');

  /** What {@link #gap} is for blanks and an opening bracket. */
  private static final long BRACKET = join(BLANK, '(');

  private static final String[] PREPOSITIONS = {
    "for", "from", "to", "by", "on", "at", "user", "host"
  };

  final int[] from = new int[MAX_WORDS];
  final int[] to = new int[MAX_WORDS];

  /** Hash of a word, 0 for a value. */
  final long[] hash = new long[MAX_WORDS];

  /** Code of a value or of a word, by {@link WordForm}. */
  final byte[] form = new byte[MAX_WORDS];

  /** How many values a value is made of. */
  final short[] parts = new short[MAX_WORDS];

  private final boolean[] quoted = new boolean[MAX_WORDS];
  private final long[] glue = new long[MAX_WORDS];
  private byte[] text = {};
  private int count;
  private long shape;
  private int end;

  /** Punctuation since the last word, hashed; 0 when there is none. */
  private long between;

  /** Whether blanks follow it. */
  private boolean space;

  /** Whether it is one comma. */
  private boolean list;

  /** Whether it ends in a quotation mark. */
  private boolean afterQuote;

  int count() {
    return count;
  }

  boolean isFull() {
    return count == MAX_WORDS;
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
  boolean isQuoted(int at) {
    return quoted[at];
  }

  /** Whether the next word stands after a quotation mark. */
  boolean isAfterQuote() {
    return afterQuote;
  }

  /** Whether there are but blanks since the last word. */
  boolean isAfterBlank() {
    return space && between == 0;
  }

  /** Whether there is nothing since the last word, or no word yet. */
  boolean isAfterNothing() {
    return !space && between == 0;
  }

  void clear(byte[] line) {
    text = line;
    count = 0;
    clearGap();
  }

  void blank() {
    space = true;
  }

  void punctuation(byte b) {
    list = b == ',' && between == 0;
    between = join(gap(), b);
    space = false;
    afterQuote = b == '"' || b == '\'' || b == '`';
  }

  private static long join(long hash, long more) {
    return Long.rotateLeft((hash ^ more) * STEP, 29);
  }

  /** Hash of what lies between the last word and here; blanks are squeezed. */
  private long gap() {
    return space && !list ? join(between, ' ') : between;
  }

  private void clearGap() {
    between = 0;
    space = false;
    list = false;
    afterQuote = false;
  }

  /** Adds a word. */
  void word(int begin, int after, long wordHash, int wordForm) {
    if (wordForm == WordForm.CALENDAR && isBeside() && form[count - 1] >= 0) {
      extend(after, WordForm.TIMESTAMP);
    } else {
      put(begin, after, wordHash | 1, wordForm);
    }
    clearGap();
  }

  /** Adds the word that is missing between brackets or quotation marks. */
  void empty(int at) {
    put(at, at, EMPTY, WordForm.EMPTY);
    clearGap();
  }

  /** Adds a value. */
  void value(int begin, int after, int valueForm) {
    boolean beside = isBeside();
    while (beside && form[count - 1] == WordForm.CALENDAR) {
      absorb(count - 1);
    }
    if (beside && form[count - 1] >= 0) {
      extend(after, valueForm);
    } else {
      put(begin, after, 0, valueForm);
    }
    clearGap();
  }

  private boolean isBeside() {
    return count > 0 && (list || isAfterBlank());
  }

  private void put(int begin, int after, long wordHash, int wordForm) {
    from[count] = begin;
    to[count] = after;
    hash[count] = wordHash;
    form[count] = (byte) wordForm;
    parts[count] = 1;
    quoted[count] = afterQuote;
    glue[count] = count == 0 ? between : gap();
    count++;
  }

  /** Makes a month's or a day's name a value, one with the value before it where there is one. */
  private void absorb(int at) {
    form[at] = WordForm.TIMESTAMP;
    hash[at] = 0;
    boolean beside = at > 0 && glue[at] == BLANK;
    if (beside && (form[at - 1] >= 0 || form[at - 1] == WordForm.CALENDAR)) {
      form[at - 1] = WordForm.TIMESTAMP;
      hash[at - 1] = 0;
      to[at - 1] = to[at];
      parts[at - 1] += parts[at];
      count--;
    }
  }

  private void extend(int after, int valueForm) {
    int last = count - 1;
    boolean time =
        form[last] == WordForm.TIMESTAMP
            && (valueForm == WordForm.TIMESTAMP || valueForm == WordForm.NUMBER);
    to[last] = after;
    parts[last]++;
    form[last] = (byte) (time ? WordForm.TIMESTAMP : WordForm.LIST);
  }

  /** Takes a unit into the number before it. */
  void unit(int after, int valueForm) {
    to[count - 1] = after;
    form[count - 1] = (byte) valueForm;
    clearGap();
  }

  /** Whether a word would stand right after a number. */
  boolean followsNumber() {
    return count > 0 && form[count - 1] == WordForm.NUMBER && isAfterBlank();
  }

  /**
   * Takes a size in brackets, which only says once more for people what was said before it, out of
   * the line, when this is where its bracket closes.
   */
  boolean dropRepeatedSize() {
    int last = count - 1;
    boolean repeated =
        last > 0 && form[last] == WordForm.SIZE && glue[last] == BRACKET && isAfterNothing();
    if (repeated) {
      count--;
      clearGap();
      space = true;
    }
    return repeated;
  }

  void finish(int lineEnd, boolean more) {
    end = lineEnd;
    long h = more ? SEED : between;
    for (int i = 0; i < count; i++) {
      h = join(h, glue[i]);
    }
    shape = mix(h ^ count);
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

  /**
   * A hash of the line's shape and words, from which the id of the pattern that it founds comes.
   */
  long firstForm(long seed) {
    long h = mix(seed ^ shape);
    for (int i = 0; i < count; i++) {
      h = mix(h ^ hash[i]);
    }
    return h == 0 ? SEED : h;
  }

  /** Bijective and thorough; the finisher of MurmurHash3 (Austin Appleby, public domain). */
  static long mix(long a) {
    long h = a;
    h ^= h >>> 33;
    h *= 0xFF51AFD7ED558CCDL;
    h ^= h >>> 33;
    h *= 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }
}
