// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Numbers of payment cards: by their first digit, their length and their check digit (Luhn). */
final class CardNumber {
  private static final int MAX_CARD_DIGITS = 19;

  private CardNumber() {}

  /** Where a card's number ends that begins here, or 0. */
  static int end(byte[] text, int from, int to) {
    if (from > 0 && (Bytes.isDigit(text[from - 1]) || text[from - 1] == '.')) {
      return 0;
    }
    int digits = 0;
    int at = from;
    int last = from;
    while (at < to && digits <= MAX_CARD_DIGITS) {
      if (Bytes.isDigit(text[at])) {
        digits++;
        last = at + 1;
      } else if (digits == 0 || !isCardGap(text, at)) {
        break;
      }
      at++;
    }
    boolean word = last < to && Bytes.kind(text[last]) == Bytes.LETTER;
    boolean card = !word && isIssued(text[from], digits);
    return card && passesLuhn(text, from, last) ? last : 0;
  }

  /** Whether cards whose number begins so have so many digits. */
  private static boolean isIssued(byte begin, int digits) {
    return switch (begin) {
      case '2', '5' -> digits == 16;
      case '3' -> digits >= 14 && digits <= 16;
      case '4' -> digits == 13 || digits == 16 || digits == MAX_CARD_DIGITS;
      case '6' -> digits >= 16 && digits <= MAX_CARD_DIGITS;
      default -> false;
    };
  }

  private static boolean isCardGap(byte[] text, int at) {
    return (text[at] == ' ' || text[at] == '-') && Bytes.isDigit(text[at - 1]);
  }

  private static boolean passesLuhn(byte[] text, int from, int to) {
    int sum = 0;
    boolean twice = false;
    boolean nonzero = false;
    for (int i = to - 1; i >= from; i--) {
      if (Bytes.isDigit(text[i])) {
        int digit = text[i] - '0';
        nonzero |= digit != 0;
        int counted = twice ? digit * 2 : digit;
        sum += counted > 9 ? counted - 9 : counted;
        twice = !twice;
      }
    }
    return nonzero && sum % 10 == 0;
  }
}
