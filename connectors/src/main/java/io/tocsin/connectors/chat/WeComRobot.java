// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Markdown for a group robot of WeCom, in no more than its 4,096 bytes. */
final class WeComRobot implements Robot {
  private final ChannelSettings channel;
  private final Phrases phrases;

  WeComRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    ObjectNode body = ChatRequest.JSON.createObjectNode().put("msgtype", "markdown");
    body.putObject("markdown")
        .put("content", Markdown.of(notice, phrases, "\n", ChannelKind.WECOM.textBytes()));
    return ChatRequest.of(channel.address(), body);
  }

  @Override
  public ChatRequest picture(ByteBuffer png) {
    byte[] bytes = new byte[png.remaining()];
    png.duplicate().get(bytes);
    ObjectNode body = ChatRequest.JSON.createObjectNode().put("msgtype", "image");
    body.putObject("image").put("base64", bytes).put("md5", Signature.md5(bytes));
    return ChatRequest.of(channel.address(), body);
  }
}
