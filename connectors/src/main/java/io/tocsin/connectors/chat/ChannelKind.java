// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.time.Duration;

/** The chat programs, each with how much it takes. */
public enum ChannelKind {
  /** A custom robot of Feishu or Lark: 100 messages a minute, 5 a second, 20 KB each. */
  FEISHU(Duration.ofMillis(650), 20_000),

  /** A custom robot of DingTalk: 20 messages a minute, else it is blocked for ten. */
  DINGTALK(Duration.ofMillis(3_100), 20_000),

  /** A group robot of WeCom: 20 messages a minute, 4,096 bytes of markdown each. */
  WECOM(Duration.ofMillis(3_100), 4_096),

  /** An incoming webhook of Slack, or its API where there is a bot's token: one a second. */
  SLACK(Duration.ofMillis(1_100), 3_000),

  /** A workflow of Teams: four a second, 28 KB each. */
  TEAMS(Duration.ofMillis(300), 24_000),

  /** Whatever takes the webhook of Alertmanager. */
  WEBHOOK(Duration.ofMillis(50), 1 << 20);

  private final Duration spacing;
  private final int textBytes;

  ChannelKind(Duration spacing, int textBytes) {
    this.spacing = spacing;
    this.textBytes = textBytes;
  }

  /** The least time between two messages. */
  Duration spacing() {
    return spacing;
  }

  /** How long the text of a message may be, in bytes of UTF-8. */
  int textBytes() {
    return textBytes;
  }
}
