// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.chat.ChatSettings;

/** A gateway for tests of chat, on any free port, without Kafka. */
public final class ChatGateway {
  private ChatGateway() {}

  public static Gateway start(ChatSettings chat) throws GatewayException {
    return Gateway.start(Settings.with(chat), HeldSink.telling(Delivery.WRITTEN));
  }
}
