// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.time.Duration;

/** Is told what becomes of messages; must not block. */
public interface ChatListener {
  /** One attempt ended. */
  void attempted(String channel, ChatOutcome outcome, Duration took);

  /** A message will not be sent any more. */
  void dropped(String channel, ChatOutcome why);
}
