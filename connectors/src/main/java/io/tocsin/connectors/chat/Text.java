// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.util.ArrayList;
import java.util.List;

/** Lines of a message, cut where a program takes no more, without markup that came from labels. */
final class Text {
  private static final String MARK = "…";
  private static final int MOST_LINE = 300;

  private Text() {}

  /** The lines of a notice, first what is most wanted: what is cut off is at the end. */
  static List<String> lines(Notice notice, Phrases phrases) {
    Phrases.Names names = phrases.names();
    List<String> lines = new ArrayList<>();
    if (!notice.place().isEmpty()) {
      lines.add(names.where() + ": " + notice.place());
    }
    String cause = notice.cause().isEmpty() ? names.noCause() : notice.cause();
    if (notice.over()) {
      lines.add(names.cause() + ": " + cause);
      lines.add(names.lasted() + ": " + phrases.duration(notice.until() - notice.since()));
    } else {
      lines.add(names.since() + ": " + Phrases.time(notice.since()));
      // They name the cause; an alert that says nothing else has only its suspects.
      lines.addAll(
          notice.reasons().isEmpty() ? List.of(names.cause() + ": " + cause) : notice.reasons());
    }
    return lines.stream().map(line -> cut(line, MOST_LINE)).toList();
  }

  static String title(Notice notice, Phrases phrases, int mostBytes) {
    return cutBytes(phrases.head(notice) + " · " + notice.title(), mostBytes);
  }

  /** For markdown: what could be a link, a mention or a tag is only text. */
  static String plain(String text) {
    return text.replace("<", "＜").replace(">", "＞").replace("](", "] (").replace("`", "'");
  }

  /** The text, or its beginning with a mark, in no more bytes of UTF-8 than this. */
  static String cutBytes(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    int room = most - bytes(MARK);
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      used += bytes(point);
      if (used > room) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end) + MARK;
  }

  private static String cut(String text, int most) {
    int end = Math.min(most, text.length());
    boolean split =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return end == text.length() ? text : text.substring(0, split ? end - 1 : end) + MARK;
  }

  private static int bytes(String text) {
    return text.codePoints().map(Text::bytes).sum();
  }

  private static int bytes(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
