// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An Adaptive Card for a workflow of Teams, which takes no other kind of message. */
final class TeamsRobot implements Robot {
  private static final int MOST_TITLE = 500;

  private final ChannelSettings channel;
  private final Phrases phrases;

  TeamsRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    ObjectNode body = ChatRequest.JSON.createObjectNode().put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        .put("type", "AdaptiveCard")
        .put("version", "1.2");
    card.putObject("msteams").put("width", "full");
    ArrayNode parts = card.putArray("body");
    block(parts, Text.plain(Text.title(notice, phrases, MOST_TITLE)))
        .put("weight", "Bolder")
        .put("size", "Medium")
        .put("color", colour(notice));
    int left = ChannelKind.TEAMS.textBytes() / 2;
    for (String line : Markdown.lines(notice, phrases)) {
      String shown = Text.cutBytes(line, left);
      block(parts, shown).put("spacing", "Small");
      left = Math.max(8, left - shown.length());
    }
    if (!notice.picture().isEmpty()) {
      parts
          .addObject()
          .put("type", "Image")
          .put("url", notice.picture())
          .put("altText", Text.plain(Text.cutBytes(notice.title(), MOST_TITLE)))
          .put("size", "Stretch");
    }
    if (!notice.link().isEmpty()) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", phrases.names().details())
          .put("url", notice.link());
    }
    return ChatRequest.of(channel.address(), body);
  }

  private static ObjectNode block(ArrayNode parts, String text) {
    return parts.addObject().put("type", "TextBlock").put("text", text).put("wrap", true);
  }

  private static String colour(Notice notice) {
    return notice.over()
        ? "Good"
        : switch (notice.severity()) {
          case CRITICAL -> "Attention";
          case WARNING -> "Warning";
          case INFO -> "Accent";
        };
  }
}
