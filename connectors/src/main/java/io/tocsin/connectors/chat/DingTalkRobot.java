// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.connectors.config.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Markdown for a custom robot of DingTalk, signed in the URL. */
final class DingTalkRobot implements Robot {
  /** So much of the 20 KB that a body may have is text, with room for escapes. */
  private static final int MOST_TEXT = 16_000;

  private static final int MOST_ALT = 300;

  private final ChannelSettings channel;
  private final Phrases phrases;

  DingTalkRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    ObjectNode body = ChatRequest.JSON.createObjectNode().put("msgtype", "markdown");
    body.putObject("markdown")
        .put("title", Text.plain(Text.title(notice, phrases, 100)))
        .put("text", Markdown.of(notice, phrases, "\n\n", MOST_TEXT) + picture(notice));
    return ChatRequest.of(signed(now), body);
  }

  private static String picture(Notice notice) {
    String alt = Text.cutBytes(notice.title(), MOST_ALT).replace('[', '(').replace(']', ')');
    return notice.picture().isEmpty()
        ? ""
        : "\n\n![" + Text.plain(alt) + "](" + notice.picture() + ")";
  }

  private URI signed(long now) {
    Secret secret = channel.secret();
    if (secret == null) {
      return channel.address();
    }
    String url = channel.url().reveal();
    String separator = url.contains("?") ? "&" : "?";
    String sign = Signature.dingtalk(now, secret.reveal());
    return URI.create(url + separator + "timestamp=" + now + "&sign=" + sign);
  }
}
