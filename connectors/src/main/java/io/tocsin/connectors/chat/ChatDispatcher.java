// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Incident;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells alerts to chat channels, each by a lane of its own, so that none delays another, nor
 * whoever brings alerts. Of what Alertmanager repeats, only that is told which says something new.
 */
public final class ChatDispatcher implements AutoCloseable {
  private final Map<String, ChatLane> lanes = new LinkedHashMap<>();
  private final Map<String, ToldAlerts> told = new LinkedHashMap<>();
  private final Function<String, @Nullable Incident> incidents;

  /**
   * Starts the lanes.
   *
   * @param incidents finds an incident by its id, so that a message can say more than the alert
   *     does; null when it is not known
   */
  public ChatDispatcher(
      ChatSettings settings,
      Function<String, @Nullable Incident> incidents,
      ChatListener listener,
      Clock clock) {
    this.incidents = incidents;
    for (Map.Entry<String, ChannelSettings> channel : settings.channels().entrySet()) {
      lanes.put(channel.getKey(), new ChatLane(channel, settings, listener, clock));
      told.put(channel.getKey(), new ToldAlerts());
    }
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
    ToldAlerts alerts = told.get(channel);
    if (lane == null || alerts == null) {
      return Receipt.NO_SUCH_CHANNEL;
    }
    NoticeMaker maker = new NoticeMaker(lane.language(), incidents);
    boolean all = true;
    for (ReceivedAlert alert : WebhookReader.read(body)) {
      alerts.note(alert, maker.incident(alert));
      all &= lane.offer(maker.of(alert));
    }
    return all ? Receipt.TAKEN : Receipt.TOO_MANY_WAIT;
  }

  /**
   * Takes what became of an incident: a channel that was told of it is told the change, where
   * messages can be changed; where they cannot, only that another cause comes first now.
   */
  public void take(Incident incident) {
    told.forEach(
        (channel, alerts) -> {
          ChatLane lane = Objects.requireNonNull(lanes.get(channel));
          ReceivedAlert alert = alerts.changed(incident, lane.changesMessages());
          if (alert != null) {
            lane.offer(new NoticeMaker(lane.language(), incidents).of(alert, incident));
          }
        });
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
