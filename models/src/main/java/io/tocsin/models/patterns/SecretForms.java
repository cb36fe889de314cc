// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** What secrets look like. */
final class SecretForms {
  private static final String COOKIE = "cookie";
  private static final String[] KEYS = {
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "accesskey",
    "access_key",
    "access-key",
    "privatekey",
    "private_key",
    "private-key",
    "credential",
    "credentials",
    "authorization",
    "sessionid",
    "session_id",
    COOKIE,
    "signature"
  };
  private static final String[] SCHEMES = {"bearer", "basic", "digest", "apikey"};
  private static final String[] PREFIXES = {
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xoxr-",
    "xoxs-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "pk_live_",
    "sk-",
    "AIza",
    "npm_",
    "pypi-",
    "hvs.",
    "dop_v1_",
    "shpat_",
    "SG."
  };
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";
  private static final int AWS_KEY_BYTES = 20;
  private static final int MIN_PREFIXED = 16;
  private static final int MIN_CREDENTIALS = 6;

  /** Shorter strings may be names, longer ones of all kinds of bytes are random. */
  private static final int MIN_RANDOM = 32;

  private static final int MIN_CHANGES = 8;

  /** Whether a token is a secret by its form. */
  boolean isSecret(byte[] text, int from, int to) {
    return isAwsKey(text, from, to)
        || isWebToken(text, from, to)
        || hasPrefix(text, from, to)
        || isRandom(text, from, to);
  }

  private static boolean isAwsKey(byte[] text, int from, int to) {
    boolean prefix = starts(text, from, to, "AKIA") || starts(text, from, to, "ASIA");
    if (to - from != AWS_KEY_BYTES || !prefix) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Bytes.isDigit(text[i]) && !isUpper(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWebToken(byte[] text, int from, int to) {
    if (!starts(text, from, to, "eyJ")) {
      return false;
    }
    int dots = 0;
    for (int i = from; i < to; i++) {
      dots += text[i] == '.' ? 1 : 0;
    }
    return dots >= 1 && to - from > MIN_PREFIXED;
  }

  private static boolean hasPrefix(byte[] text, int from, int to) {
    if (to - from < MIN_PREFIXED) {
      return false;
    }
    for (String prefix : PREFIXES) {
      if (starts(text, from, to, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Long, of upper and lower case and digits that change often: nobody wrote it by hand. */
  private static boolean isRandom(byte[] text, int from, int to) {
    if (to - from < MIN_RANDOM) {
      return false;
    }
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    int changes = 0;
    int slashes = 0;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == '.' || b == '@' || b == '%' || b == '~') {
        return false;
      }
      slashes += b == '/' ? 1 : 0;
      upper |= isUpper(b);
      lower |= b >= 'a' && b <= 'z';
      digit |= Bytes.isDigit(b);
      changes += i > from && kind(b) != kind(text[i - 1]) ? 1 : 0;
    }
    return upper && lower && digit && slashes <= 2 && changes >= MIN_CHANGES;
  }

  private static int kind(byte b) {
    return Bytes.isDigit(b) ? 0 : isUpper(b) ? 1 : 2;
  }

  boolean isEmail(byte[] text, int from, int to) {
    int at = -1;
    int dot = -1;
    for (int i = from; i < to; i++) {
      if (text[i] == '@') {
        if (at >= 0) {
          return false;
        }
        at = i;
      } else if (text[i] == '.' && at >= 0) {
        dot = i;
      } else if (text[i] == '/' || text[i] == '=') {
        return false;
      }
    }
    return at > from && dot > at + 1 && to - dot > 2;
  }

  /** Where the value begins of a word that names a secret, or 0. */
  int beginOfValue(byte[] text, int from, int end, int to) {
    for (String scheme : SCHEMES) {
      if (Bytes.equal(text, from, end, scheme)) {
        int value = skip(text, end, to, ' ');
        return value > end && value < to && looksLikeCredentials(text, value, to) ? value : 0;
      }
    }
    if (!namesSecret(text, from, end)) {
      return 0;
    }
    int at = end;
    if (at < to && isQuote(text[at])) {
      at++;
    }
    at = skip(text, at, to, ' ');
    boolean separated = at < to && (text[at] == ':' || text[at] == '=');
    if (!separated) {
      return isOption(text, from) ? valueOfOption(text, end, to) : 0;
    }
    int value = skip(text, at + 1, to, ' ');
    return value < to && text[value] != ',' && text[value] != ';'
        ? withoutScheme(text, value, to)
        : 0;
  }

  /** Whether a word is a program's option, as in {@code --password VALUE}. */
  private static boolean isOption(byte[] text, int from) {
    return from >= 2 && text[from - 1] == '-' && text[from - 2] == '-';
  }

  /** Where what follows an option begins, after a space or as the next of quoted words; or 0. */
  private static int valueOfOption(byte[] text, int end, int to) {
    boolean listed = end + 1 < to && isQuote(text[end]) && text[end + 1] == ',';
    int at = skip(text, listed ? end + 2 : end, to, ' ');
    if (at >= to || (listed ? !isQuote(text[at]) : at == end)) {
      return 0;
    }
    int value = isQuote(text[at]) ? at + 1 : at;
    return value < to && text[value] != '-' ? value : 0;
  }

  private static boolean isQuote(byte b) {
    return b == '"' || b == '\'';
  }

  /** The name of a scheme before the credentials is no secret. */
  private static int withoutScheme(byte[] text, int value, int to) {
    int from = isQuote(text[value]) ? value + 1 : value;
    for (String scheme : SCHEMES) {
      int end = from + scheme.length();
      if (end < to && Bytes.equal(text, from, end, scheme) && text[end] == ' ') {
        return skip(text, end, to, ' ');
      }
    }
    return from < to ? from : value;
  }

  private static boolean looksLikeCredentials(byte[] text, int from, int to) {
    int end = from;
    boolean other = false;
    while (end < to && Bytes.kind(text[end]) >= Bytes.LETTER) {
      other |= !(text[end] >= 'a' && text[end] <= 'z');
      end++;
    }
    return end - from >= MIN_CREDENTIALS && other;
  }

  private static boolean namesSecret(byte[] text, int from, int end) {
    for (String key : KEYS) {
      if (end - from >= key.length() && Bytes.equal(text, end - key.length(), end, key)) {
        return true;
      }
    }
    return false;
  }

  int endOfValue(byte[] text, int value, int to) {
    byte before = value > 0 ? text[value - 1] : 0;
    int at = value;
    if (isQuote(before)) {
      while (at < to && (text[at] != before || text[at - 1] == '\\')) {
        at++;
      }
      return at;
    }
    while (at < to && Bytes.kind(text[at]) != Bytes.SPACE && ",;&\"')}]>".indexOf(text[at]) < 0) {
      at++;
    }
    return at;
  }

  /** Where the last of several cookies ends, of which the first ends here. */
  int endOfCookies(byte[] text, int first, int to) {
    int at = first;
    while (at < to && text[at] == ';') {
      at = endOfValue(text, skip(text, at + 1, to, ' '), to);
    }
    return at;
  }

  boolean isCookie(byte[] text, int from, int end) {
    return end - from >= COOKIE.length() && Bytes.equal(text, end - COOKIE.length(), end, COOKIE);
  }

  /** Where the credentials end that follow a URL's scheme, or 0. */
  int endOfUserinfo(byte[] text, int from, int to) {
    if (from + 3 >= to || text[from] != ':' || text[from + 1] != '/' || text[from + 2] != '/') {
      return 0;
    }
    for (int i = from + 3; i < to; i++) {
      byte b = text[i];
      if (b == '@') {
        return i;
      }
      if (b == '/' || b == '?' || b == '#' || Bytes.kind(b) == Bytes.SPACE || b == '"') {
        return 0;
      }
    }
    return 0;
  }

  boolean isPrivateKey(byte[] text, int at, int to) {
    if (!starts(text, at, to, "-----BEGIN ")) {
      return false;
    }
    int limit = Math.min(to, at + 64);
    for (int i = at; i + PRIVATE_KEY.length() <= limit; i++) {
      if (starts(text, i, to, PRIVATE_KEY)) {
        return true;
      }
    }
    return false;
  }

  /** After the key's last line, or the end of the text where it is cut off. */
  int endOfPrivateKey(byte[] text, int at, int to) {
    for (int i = at; i < to; i++) {
      if (text[i] == '-' && starts(text, i, to, "-----END ")) {
        for (int j = i; j < to; j++) {
          if (starts(text, j, to, PRIVATE_KEY)) {
            return j + PRIVATE_KEY.length();
          }
        }
        return to;
      }
    }
    return to;
  }

  private static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static int skip(byte[] text, int from, int to, char what) {
    int at = from;
    while (at < to && text[at] == what) {
      at++;
    }
    return at;
  }

  private static boolean starts(byte[] text, int from, int to, String prefix) {
    if (to - from < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (text[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
