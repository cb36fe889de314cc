// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hides secrets in text that people will see: values of keys that say they are secret, bearer and
 * basic credentials, keys of well-known forms (AWS, JSON web tokens, private keys, tokens with a
 * publisher's prefix), long random strings, e-mail addresses, card numbers, the credentials in
 * URLs. One pass, no regular expressions. Not for use by several threads.
 *
 * <p>It errs on the side of hiding: a word after {@code token=} is hidden whatever it is.
 */
public final class SecretMask {
  private static final byte[] SECRET = "<secret>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMAIL = "<email>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CARD = "<card>".getBytes(StandardCharsets.US_ASCII);

  private final SecretForms forms = new SecretForms();
  private final TextBuffer out = new TextBuffer();

  /** Where the secrets of the last text begin and end, in turn. */
  private int[] ranges = new int[16];

  private int secrets;

  /** A text with its secrets hidden. */
  public String masked(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(masked(bytes, 0, bytes.length, Integer.MAX_VALUE), StandardCharsets.UTF_8);
  }

  /**
   * Bytes with their secrets hidden.
   *
   * @param limit of what comes out; the rest is cut off after secrets are hidden
   */
  public byte[] masked(byte[] text, int from, int to, int limit) {
    out.clear();
    secrets = 0;
    int at = from;
    while (at < to) {
      at = step(text, at, to);
    }
    return out.copy(limit);
  }

  /** Writes what begins here, hidden or not; returns where to go on. */
  private int step(byte[] text, int at, int to) {
    if (!isTokenByte(text[at])) {
      if (text[at] == '-' && forms.isPrivateKey(text, at, to)) {
        return hide(SECRET, at, forms.endOfPrivateKey(text, at, to));
      }
      out.put(text, at, at + 1);
      return at + 1;
    }
    int end = endOfToken(text, at, to);
    int card = CardNumber.end(text, at, to);
    if (card > 0) {
      return hide(CARD, at, card);
    }
    if (forms.isEmail(text, at, end)) {
      return hide(EMAIL, at, end);
    }
    if (forms.isSecret(text, at, end)) {
      return hide(SECRET, at, end);
    }
    out.put(text, at, end);
    return afterWord(text, at, end, to);
  }

  /** After a word that was written: its value, when the word says that it is a secret. */
  private int afterWord(byte[] text, int at, int end, int to) {
    int value = forms.beginOfValue(text, at, end, to);
    if (value > 0) {
      out.put(text, end, value);
      int after = forms.endOfValue(text, value, to);
      boolean cookie = forms.isCookie(text, at, end);
      return hide(SECRET, value, cookie ? forms.endOfCookies(text, after, to) : after);
    }
    int userinfo = forms.endOfUserinfo(text, end, to);
    if (userinfo > 0) {
      out.put(text, end, end + 3);
      return hide(SECRET, end + 3, userinfo);
    }
    return end;
  }

  private static boolean isTokenByte(byte b) {
    byte kind = Bytes.kind(b);
    return kind == Bytes.LETTER || kind == Bytes.DIGIT || b == '_';
  }

  /** Tokens hold what keys, addresses and random strings hold. */
  private static int endOfToken(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (isTokenByte(text[at]) || "-.+/@=~%".indexOf(text[at]) >= 0)) {
      if (text[at] == '=' && !isPadding(text, at, to)) {
        break;
      }
      at++;
    }
    return at;
  }

  /** An equals sign at the end of a token is padding; any other one follows a key. */
  private static boolean isPadding(byte[] text, int at, int to) {
    int next = at;
    while (next < to && text[next] == '=') {
      next++;
    }
    return next - at <= 2
        && at > 0
        && text[at - 1] != '_'
        && (next == to || isEnd(text[next]))
        && next > at + 1;
  }

  private static boolean isEnd(byte b) {
    byte kind = Bytes.kind(b);
    return kind == Bytes.SPACE || kind == Bytes.GLUE;
  }

  private int hide(byte[] behind, int from, int to) {
    out.put(behind);
    if (2 * secrets == ranges.length) {
      ranges = Arrays.copyOf(ranges, 2 * ranges.length);
    }
    ranges[2 * secrets] = from;
    ranges[2 * secrets + 1] = to;
    secrets++;
    return to;
  }

  /** Whether any of these bytes of the text last masked were hidden. */
  public boolean hid(int from, int to) {
    for (int i = 0; i < secrets; i++) {
      if (ranges[2 * i] < to && from < ranges[2 * i + 1]) {
        return true;
      }
    }
    return false;
  }
}
