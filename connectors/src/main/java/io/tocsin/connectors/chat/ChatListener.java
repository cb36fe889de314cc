// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.time.Duration;

/** Is told what becomes of messages; must not block. */
public interface ChatListener {
  /** One attempt ended. */
  void attempted(String channel, ChatOutcome outcome, Duration took);

  /**
   * The first message about something that lasts is there.
   *
   * @param key names the incident, or the alert that is none
   */
  default void began(String channel, String key) {}

  /** A message will not be sent any more. */
  void dropped(String channel, ChatOutcome why);
}
