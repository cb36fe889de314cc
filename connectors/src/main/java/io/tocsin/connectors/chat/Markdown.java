// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A notice as markdown of the simple kinds that DingTalk, WeCom and Teams read. */
final class Markdown {
  private Markdown() {}

  /**
   * The text: a heading, lines, and a link, of no more bytes than this.
   *
   * @param separator between two lines
   */
  static String of(Notice notice, Phrases phrases, String separator, int most) {
    String link =
        notice.link().isEmpty()
            ? ""
            : separator + "[" + phrases.names().details() + "](" + notice.link() + ")";
    String text =
        "**"
            + Text.plain(Text.title(notice, phrases, 300))
            + "**"
            + separator
            + lines(notice, phrases).stream().collect(Collectors.joining(separator));
    // The link is wanted more than the last of the reasons.
    int linkBytes = link.getBytes(StandardCharsets.UTF_8).length;
    return linkBytes > most / 2
        ? Text.cutBytes(text, most)
        : Text.cutBytes(text, most - linkBytes) + link;
  }

  static List<String> lines(Notice notice, Phrases phrases) {
    return Text.lines(notice, phrases).stream().map(Text::plain).toList();
  }
}
