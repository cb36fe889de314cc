// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.connectors.config.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A card for a custom robot of Feishu or Lark; all of it plain text, so that labels stay text. */
final class FeishuRobot implements Robot {
  /** What the card's frame takes of the 20 KB that a body may have, with escapes. */
  private static final int FRAME_BYTES = 4_000;

  private final ChannelSettings channel;
  private final Phrases phrases;

  FeishuRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    ObjectNode body = ChatRequest.JSON.createObjectNode();
    Secret secret = channel.secret();
    if (secret != null) {
      long seconds = now / 1_000;
      body.put("timestamp", Long.toString(seconds));
      body.put("sign", Signature.feishu(seconds, secret.reveal()));
    }
    body.put("msg_type", "interactive");
    ObjectNode card = body.putObject("card");
    ObjectNode header = card.putObject("header").put("template", colour(notice));
    plain(header.putObject("title"), Text.title(notice, phrases, 300));
    ArrayNode elements = card.putArray("elements");
    List<String> lines = Text.lines(notice, phrases);
    String text =
        Text.cutBytes(String.join("\n", lines), ChannelKind.FEISHU.textBytes() - FRAME_BYTES);
    plain(elements.addObject().put("tag", "div").putObject("text"), text);
    if (!notice.link().isEmpty()) {
      ObjectNode button = elements.addObject().put("tag", "action").putArray("actions").addObject();
      button.put("tag", "button").put("type", "primary").put("url", notice.link());
      plain(button.putObject("text"), phrases.names().details());
    }
    return ChatRequest.of(channel.address(), body);
  }

  private static void plain(ObjectNode node, String text) {
    node.put("tag", "plain_text").put("content", text);
  }

  private static String colour(Notice notice) {
    return notice.over()
        ? "green"
        : switch (notice.severity()) {
          case CRITICAL -> "red";
          case WARNING -> "orange";
          case INFO -> "blue";
        };
  }
}
