// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The form in which Alertmanager posts to webhooks, version 4, so that any receiver reads it. */
final class WebhookRobot implements Robot {
  private final ChannelSettings channel;
  private final Phrases phrases;

  WebhookRobot(ChannelSettings channel) {
    this.channel = channel;
    phrases = Phrases.of(channel.language());
  }

  @Override
  public ChatRequest request(Notice notice, @Nullable String earlier, long now) {
    String status = notice.over() ? "resolved" : "firing";
    ObjectNode body = ChatRequest.JSON.createObjectNode();
    body.put("version", "4");
    body.put("groupKey", notice.key());
    body.put("truncatedAlerts", 0);
    body.put("status", status);
    body.put("receiver", "tocsin");
    labels(body.putObject("groupLabels"), notice);
    labels(body.putObject("commonLabels"), notice);
    annotations(body.putObject("commonAnnotations"), notice);
    body.put("externalURL", notice.link());
    ObjectNode alert = body.putArray("alerts").addObject();
    alert.put("status", status);
    labels(alert.putObject("labels"), notice);
    annotations(alert.putObject("annotations"), notice);
    alert.put("startsAt", Instant.ofEpochMilli(notice.since()).toString());
    alert.put("endsAt", notice.over() ? Instant.ofEpochMilli(notice.until()).toString() : NEVER);
    alert.put("generatorURL", notice.link());
    alert.put("fingerprint", notice.key());
    return ChatRequest.of(channel.address(), body);
  }

  /** A program reads it, which knows one alert from another. */
  @Override
  public boolean changesMessages() {
    return true;
  }

  /** How Go writes a time that is none. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private static void labels(ObjectNode labels, Notice notice) {
    labels.put("alertname", "TocsinIncident");
    labels.put("incident", notice.key());
    labels.put("severity", notice.severity().label());
  }

  private void annotations(ObjectNode annotations, Notice notice) {
    annotations.put("summary", notice.title());
    annotations.put("description", String.join("\n", Text.lines(notice, phrases)));
    if (!notice.picture().isEmpty()) {
      annotations.put("image_url", notice.picture());
    }
  }
}
