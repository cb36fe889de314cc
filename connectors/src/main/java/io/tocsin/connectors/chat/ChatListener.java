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

  /** A message was sent without the picture that it might have shown. */
  void unillustrated(String channel, Unillustrated why);

  /** Why a message shows no picture. */
  enum Unillustrated {
    /** No value is known, or nothing can be drawn. */
    MISSING,
    /** The program took the message only without, as when it cannot fetch pictures. */
    REFUSED
  }
}
