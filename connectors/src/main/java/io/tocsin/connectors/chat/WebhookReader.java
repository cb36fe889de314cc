// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what Alertmanager posts to a webhook; what it does not know it passes over. */
final class WebhookReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_ALERTS = 1_000;

  private WebhookReader() {}

  /**
   * The alerts of a body.
   *
   * @throws IllegalArgumentException with a sentence, when it is no such body
   */
  static List<ReceivedAlert> read(byte[] body) {
    JsonNode alerts;
    try {
      alerts = JSON.readTree(body).path("alerts");
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON; post what Alertmanager posts", e);
    }
    if (!alerts.isArray()) {
      throw new IllegalArgumentException(
          "the body has no list of alerts; post what Alertmanager posts to a webhook");
    }
    List<ReceivedAlert> read = new ArrayList<>();
    for (JsonNode alert : alerts) {
      if (read.size() < MOST_ALERTS) {
        read.add(alert(alert));
      }
    }
    return read;
  }

  private static ReceivedAlert alert(JsonNode alert) {
    boolean over = alert.path("status").asText().equals("resolved");
    return new ReceivedAlert(
        over,
        alert.path("fingerprint").asText(),
        texts(alert.path("labels")),
        texts(alert.path("annotations")),
        time(alert.path("startsAt").asText()),
        over ? time(alert.path("endsAt").asText()) : 0);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static long time(String text) {
    try {
      return Math.max(0, Instant.parse(text).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      return 0;
    }
  }
}
