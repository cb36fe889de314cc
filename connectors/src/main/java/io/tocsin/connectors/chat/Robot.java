// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes notices in one program's form. */
interface Robot {
  /**
   * The request that tells a notice.
   *
   * @param earlier what {@link #handle} made of the answer to an earlier message about the same
   *     incident, to change that one where the program can; or null
   * @param now wall clock, ms since the epoch, for signatures
   */
  ChatRequest request(Notice notice, @Nullable String earlier, long now);

  /** A message with nothing but a picture, where the program shows none within another, or null. */
  default @Nullable ChatRequest picture(ByteBuffer png) {
    return null;
  }

  /** Whether what was told of an incident changes with it, rather than grows by a message. */
  default boolean changesMessages() {
    return false;
  }

  /** What a message that was sent can be changed by, from the answer to it; or null for nothing. */
  default @Nullable String handle(String answer) {
    return null;
  }

  /** The robot of a channel. */
  static Robot of(ChannelSettings channel) {
    return switch (channel.kind()) {
      case FEISHU -> new FeishuRobot(channel);
      case DINGTALK -> new DingTalkRobot(channel);
      case WECOM -> new WeComRobot(channel);
      case SLACK -> new SlackRobot(channel);
      case TEAMS -> new TeamsRobot(channel);
      case WEBHOOK -> new WebhookRobot(channel);
    };
  }
}
