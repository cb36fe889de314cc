// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.time.Duration;

/** The chat programs, each with how much it takes, and how it shows pictures. */
public enum ChannelKind {
  /** A custom robot of Feishu or Lark: 100 messages a minute, 5 a second, 20 KB each. */
  FEISHU(Duration.ofMillis(650), 20_000, Showing.NOTHING),

  /** A custom robot of DingTalk: 20 messages a minute, else it is blocked for ten. */
  DINGTALK(Duration.ofMillis(3_100), 20_000, Showing.WHAT_IT_FETCHES),

  /** A group robot of WeCom: 20 messages a minute, 4,096 bytes of markdown each. */
  WECOM(Duration.ofMillis(3_100), 4_096, Showing.WHAT_IT_IS_SENT),

  /** An incoming webhook of Slack, or its API where there is a bot's token: one a second. */
  SLACK(Duration.ofMillis(1_100), 3_000, Showing.WHAT_IT_FETCHES),

  /** A workflow of Teams: four a second, 28 KB each. */
  TEAMS(Duration.ofMillis(300), 24_000, Showing.WHAT_IT_FETCHES),

  /** Whatever takes the webhook of Alertmanager. */
  WEBHOOK(Duration.ofMillis(50), 1 << 20, Showing.WHAT_IT_FETCHES);

  private final Duration spacing;
  private final int textBytes;
  private final Showing showing;

  ChannelKind(Duration spacing, int textBytes, Showing showing) {
    this.spacing = spacing;
    this.textBytes = textBytes;
    this.showing = showing;
  }

  /** Which pictures a program shows. */
  enum Showing {
    /** Its robots can only name pictures that somebody uploaded with other credentials. */
    NOTHING,
    /** Those at a URL that it reaches. */
    WHAT_IT_FETCHES,
    /** Those in messages of their own. */
    WHAT_IT_IS_SENT
  }

  /** The least time between two messages. */
  Duration spacing() {
    return spacing;
  }

  /** How long the text of a message may be, in bytes of UTF-8. */
  int textBytes() {
    return textBytes;
  }

  Showing showing() {
    return showing;
  }
}
