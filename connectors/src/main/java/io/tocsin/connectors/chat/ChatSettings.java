// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where messages about incidents go.
 *
 * @param channels the channels by the name under which Alertmanager writes to them, {@code
 *     /api/v1/chat/NAME}
 * @param publicUrl where chat programs reach this gateway to fetch pictures; null when they do not
 * @param timeout for one message
 * @param patience how long a message that cannot be delivered is tried again
 * @param waiting how many messages wait for one channel; more are refused, so that Alertmanager
 *     tries again
 */
public record ChatSettings(
    Map<String, ChannelSettings> channels,
    @Nullable URI publicUrl,
    Duration timeout,
    Duration patience,
    int waiting) {
  public static final ChatSettings DEFAULTS =
      new ChatSettings(Map.of(), null, Duration.ofSeconds(10), Duration.ofMinutes(15), 200);

  public ChatSettings {
    channels = Map.copyOf(channels);
    for (String name : channels.keySet()) {
      require(
          name.matches("[a-z0-9][a-z0-9-]{0,62}"),
          "channels must have names of small letters, digits and dashes");
    }
    require(
        publicUrl == null || publicUrl.toString().matches("https?://[^/?#]+(/[^?#]*)?"),
        "publicUrl must be like https://tocsin.example.com");
    require(!timeout.isNegative() && !timeout.isZero(), "timeout must be longer than zero");
    require(!patience.isNegative(), "patience must not be negative");
    require(waiting >= 1, "waiting must be 1 or more");
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
