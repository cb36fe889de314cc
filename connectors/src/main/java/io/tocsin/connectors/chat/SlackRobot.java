// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.connectors.config.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Blocks for Slack: by an incoming webhook, which can only send, or with a bot's token by the API,
 * where the message about an incident is changed as the incident changes.
 */
final class SlackRobot implements Robot {
  private static final int MOST_HEADER = 150;
  private static final int MOST_ALT = 2_000;

  private final ChannelSettings channel;
  private final Phrases phrases;

  SlackRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    ObjectNode body = body(notice);
    Secret token = channel.token();
    if (token == null) {
      return ChatRequest.of(channel.address(), body);
    }
    body.put("channel", channel.room());
    if (earlier == null) {
      return ChatRequest.of(api("chat.postMessage"), token, body);
    }
    return ChatRequest.of(api("chat.update"), token, body.put("ts", earlier));
  }

  private URI api(String method) {
    return URI.create(channel.url().reveal().replaceAll("/+$", "") + "/" + method);
  }

  @Override
  public boolean changesMessages() {
    return channel.token() != null;
  }

  /** The message's time, which is how Slack names it. */
  @Override
  public @Nullable String handle(String answer) {
    JsonNode time = Classifier.json(answer).path("ts");
    return channel.token() != null && time.isTextual() ? time.asText() : null;
  }

  private ObjectNode body(Notice notice) {
    String title = Text.title(notice, phrases, MOST_HEADER);
    ObjectNode body = ChatRequest.JSON.createObjectNode().put("text", escaped(title));
    ArrayNode blocks = body.putArray("blocks");
    blocks
        .addObject()
        .put("type", "header")
        .putObject("text")
        .put("type", "plain_text")
        .put("text", title);
    String lines = escaped(String.join("\n", Text.lines(notice, phrases)));
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", Text.cutBytes(lines, ChannelKind.SLACK.textBytes()));
    if (!notice.picture().isEmpty()) {
      blocks
          .addObject()
          .put("type", "image")
          .put("image_url", notice.picture())
          .put("alt_text", Text.cutBytes(notice.title(), MOST_ALT));
    }
    if (!notice.link().isEmpty()) {
      ObjectNode button =
          blocks.addObject().put("type", "actions").putArray("elements").addObject();
      button.put("type", "button").put("url", notice.link());
      button.putObject("text").put("type", "plain_text").put("text", phrases.names().details());
    }
    return body;
  }

  /** What Slack asks for: so no label can mention anybody or make a link. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
