// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.chat.ChatDispatcher;

/**
 * Takes what Alertmanager posts to a webhook and hands it to a chat channel. It answers as soon as
 * the messages wait for their channel, so that Alertmanager never waits for a chat program.
 */
final class ChatEndpoint implements Endpoint {
  static final String PATH = "/api/v1/chat/";

  private final ChatDispatcher chat;
  private final BodyLimit bodyLimit;

  ChatEndpoint(ChatDispatcher chat, int maxBytes) {
    this.chat = chat;
    bodyLimit =
        new BodyLimit(
            maxBytes,
            Answer.refusal(
                413, "body_too_large", "the body is larger than " + maxBytes + " bytes"));
  }

  @Override
  public void handle(Exchange exchange) {
    String channel = exchange.request().getHttpURI().getCanonicalPath().substring(PATH.length());
    exchange.readBody(bodyLimit, body -> exchange.answer(take(channel, body)));
  }

  private Answer take(String channel, byte[] body) {
    try {
      return switch (chat.take(channel, body)) {
        case TAKEN -> Answer.good(202, "");
        case NO_SUCH_CHANNEL ->
            Answer.refusal(
                404,
                "channel",
                "there is no such channel; correct the URL, or add it to chat.channels");
        case TOO_MANY_WAIT ->
            Answer.again("chat_waiting", "too many messages wait for it; send it again later");
      };
    } catch (IllegalArgumentException e) {
      return Answer.refusal(400, "chat", String.valueOf(e.getMessage()));
    }
  }
}
