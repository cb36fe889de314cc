// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import io.tocsin.models.telemetry.SeriesHash;

/**
 * Takes a line apart into words, and finds those that are surely values: numbers, addresses, paths.
 * One pass over the bytes, no allocation.
 *
 * <p>The bytes between words, blanks squeezed, are the line's shape: lines of different shape never
 * share a pattern.
 */
final class LineScanner {
  /** Longer text in quotation marks is read as words. */
  private static final int MAX_QUOTED = 256;

  /** Keys whose text in quotation marks is what the line says. */
  private static final String[] MESSAGE_KEYS = {"msg", "message", "log", "event", "error", "err"};

  final LineWords words = new LineWords();

  private final WordForm word = new WordForm();
  private byte[] text = {};
  private int first;
  private int last;

  /** Reads a line. */
  void scan(byte[] line, int from, int to) {
    text = line;
    first = from;
    last = to;
    words.clear(line);
    int at = from;
    while (at < to) {
      byte kind = Bytes.CLASS[line[at] & 0xff];
      if (kind == Bytes.SPACE) {
        words.blank();
        at++;
      } else if (kind == Bytes.GLUE || isDots(at)) {
        at = glue(at);
      } else if (words.isFull()) {
        break;
      } else {
        at = word(at);
      }
    }
    words.finish(at, at < to);
  }

  /** Dots that end a sentence, or a row of them. */
  private boolean isDots(int at) {
    if (text[at] != '.') {
      return false;
    }
    if (at + 1 >= last || text[at + 1] == '.') {
      return true;
    }
    byte next = Bytes.kind(text[at + 1]);
    return next == Bytes.SPACE || next == Bytes.GLUE;
  }

  private int glue(int at) {
    byte b = text[at];
    boolean row = b == '.' && at > first && text[at - 1] == '.';
    boolean repeated = b == ')' && words.dropRepeatedSize();
    if (row || repeated || isBound(at)) {
      return at + 1;
    }
    if (at - 2 >= first && !words.isFull() && isEmpty(at)) {
      words.empty(at);
    }
    words.punctuation(b);
    return b == '"' && at > first && text[at - 1] == '=' ? quotedValue(at + 1) : at + 1;
  }

  /** Whether a mark says only that a number is a bound. */
  private boolean isBound(int at) {
    boolean mark = text[at] == '<' && words.isAfterBlank();
    return mark && at + 1 < last && Bytes.isDigit(text[at + 1]);
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

  /** Takes several words in quotation marks after a key for one value, unless it is the message. */
  private int quotedValue(int begin) {
    int limit = Math.min(last, begin + MAX_QUOTED);
    boolean blanks = false;
    int at = begin;
    while (at < limit && text[at] != '"') {
      blanks |= text[at] == ' ';
      at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= limit || !blanks || words.isFull() || isMessage()) {
      return begin;
    }
    words.value(begin, at, WordForm.QUOTED);
    return at;
  }

  private boolean isMessage() {
    int key = words.count() - 1;
    if (key < 0) {
      return true;
    }
    for (String each : MESSAGE_KEYS) {
      if (Bytes.equal(text, words.from[key], words.to[key], each)) {
        return true;
      }
    }
    return false;
  }

  private int word(int begin) {
    long counts = 0;
    int counted = Math.min(last, begin + WordForm.COUNTED_BYTES);
    int at = begin;
    for (; at < last; at++) {
      byte b = text[at];
      long count = WordForm.COUNTS[b & 0xff];
      if (count == 0) {
        if (b != ':' || !isDrive(begin, at)) {
          break;
        }
      } else if (b == '.' && isDots(at)) {
        break;
      } else if (at < counted) {
        counts += count;
      }
    }
    word.counted(counts);
    return finishWord(begin, at);
  }

  /** Whether a colon is that of a drive's letter, which is the only one within a plain word. */
  private boolean isDrive(int begin, int at) {
    return at == begin + 1 && at + 1 < last && text[at + 1] == '\\';
  }

  private int finishWord(int begin, int at) {
    int after = CompoundWord.end(text, begin, at, last, word);
    if (after > at) {
      words.value(begin, after, CompoundWord.type(text, begin, at, after));
      return after;
    }
    int form = word.decide(text, begin, at);
    if (form == WordForm.IP || word.isHost()) {
      after = CompoundWord.endOfPort(text, at, last);
      if (form == WordForm.IP || after > at) {
        words.value(begin, after, form == WordForm.IP ? form : WordForm.HOST);
        return after;
      }
    }
    if (form >= 0) {
      words.value(begin, at, form);
    } else if (form <= WordForm.PLAIN && words.followsNumber() && isUnit(begin, at)) {
      words.unit(at, WordForm.SIZE);
    } else {
      boolean name = form == WordForm.PLAIN && words.isAfterQuote() && at < last && isQuote(at);
      long hash = SeriesHash.ofValue(text, begin, at - begin);
      words.word(begin, at, hash, name ? WordForm.LIKELY : form);
    }
    return at;
  }

  /** Whether a word is a unit of bytes, whose scale varies with the number before it. */
  private boolean isUnit(int begin, int at) {
    int length = at - begin;
    if (length > 3 || text[at - 1] != 'B') {
      return false;
    }
    boolean scale = "kKMGT".indexOf(text[begin]) >= 0;
    return length == 1 || (scale && (length == 2 || text[begin + 1] == 'i'));
  }

  private boolean isQuote(int at) {
    return text[at] == '"' || text[at] == '\'' || text[at] == '`';
  }
}
