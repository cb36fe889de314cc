// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Incident;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells alerts to chat channels, each by a lane of its own, so that none delays another, nor
 * whoever brings alerts. Of what Alertmanager repeats, only that is told which says something new.
 */
public final class ChatDispatcher implements AutoCloseable {
  private final Map<String, ChatLane> lanes = new LinkedHashMap<>();

  /** Starts the lanes. */
  public ChatDispatcher(
      ChatSettings settings, IncidentSource incidents, ChatListener listener, Clock clock) {
    ChatLane.Parts parts = new ChatLane.Parts(settings, incidents, listener, clock);
    settings
        .channels()
        .forEach((name, channel) -> lanes.put(name, new ChatLane(name, channel, parts)));
    lanes.values().forEach(ChatLane::start);
  }

  /** What became of a body. */
  public enum Receipt {
    TAKEN,
    NO_SUCH_CHANNEL,
    TOO_MANY_WAIT
  }

  /**
   * Takes what Alertmanager posts to a webhook; never waits for a channel.
   *
   * @throws IllegalArgumentException with a sentence, when the body is none of Alertmanager's
   */
  public Receipt take(String channel, byte[] body) {
    ChatLane lane = lanes.get(channel);
    if (lane == null) {
      return Receipt.NO_SUCH_CHANNEL;
    }
    boolean all = true;
    for (ReceivedAlert alert : WebhookReader.read(body)) {
      all &= lane.take(alert);
    }
    return all ? Receipt.TAKEN : Receipt.TOO_MANY_WAIT;
  }

  /**
   * Takes what became of an incident: a channel that was told of it is told the change, where
   * messages can be changed; where they cannot, only that another cause comes first now.
   */
  public void take(Incident incident) {
    lanes.values().forEach(lane -> lane.take(incident));
  }

  /** How many messages wait for a channel. */
  public int waiting(String channel) {
    ChatLane lane = lanes.get(channel);
    return lane == null ? 0 : lane.waiting();
  }

  @Override
  public void close() {
    lanes.values().forEach(ChatLane::close);
  }
}
