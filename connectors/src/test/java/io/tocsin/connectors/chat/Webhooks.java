// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.page.Picture;
import io.tocsin.connectors.page.Shown;
import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.incidents.Language;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Alertmanager posts, and channels, for tests. */
public final class Webhooks {
  public static final String SECRET = "SEC-signing-secret";
  static final String TOKEN = "xoxb-token-of-a-bot";

  /** Where a gateway shows the incident that is known. */
  static final String PICTURE = "/incidents/" + Shown.ID + "/symptom.png";

  /** As much of a picture as matters here. */
  static final byte[] PNG = "\u0089PNG\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private Webhooks() {}

  /** One incident's alert; with fields that nobody knows, as later versions may have. */
  static byte[] body(String incident, boolean over, String summary) {
    String text =
        """
        {"version":"4","groupKey":"{}:{}","truncatedAlerts":0,"notification_reason":"new",
         "status":"firing","receiver":"chat","externalURL":"http://am.example","alerts":[{
          "status":"%s","fingerprint":"f0","startsAt":"%s","endsAt":"%s","later":{"field":1},
          "labels":{"alertname":"TocsinIncident","severity":"critical","incident":"%s",
                    "namespace":"shop","service":"checkout"},
          "annotations":{"summary":"%s","current_severity":"critical","suspects":"payments 93 %%",
            "description":"http_requests_total is 7.53 /s\\nProbable cause: payments 93 %%",
            "incident_url":"https://tocsin.example/incidents/%s"}}]}
        """
            .formatted(
                over ? "resolved" : "firing",
                Instant.ofEpochMilli(Shown.ONSET),
                over ? Instant.ofEpochMilli(Shown.ONSET + 600_000) : "0001-01-01T00:00:00Z",
                incident,
                summary,
                incident);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] body(String incident, boolean over) {
    return body(incident, over, "checkout: errors");
  }

  /** The incident of that id, as Kafka tells of it. */
  static @Nullable Incident known(String id) {
    return id.equals(Shown.ID) ? Shown.incident(id, Transition.OPENED, 1) : null;
  }

  /** Knows one incident and its picture. */
  static final IncidentSource KNOWN =
      new IncidentSource() {
        @Override
        public @Nullable Incident find(String id) {
          return known(id);
        }

        @Override
        public @Nullable Picture picture(String id) {
          return id.equals(Shown.ID)
              ? new Picture(PICTURE + "?revision=1", ByteBuffer.wrap(PNG))
              : null;
        }
      };

  public static ChannelSettings channel(ChannelKind kind, String url, Language language) {
    boolean signed = kind == ChannelKind.FEISHU || kind == ChannelKind.DINGTALK;
    return new ChannelSettings(
        kind, new Secret(url), signed ? new Secret(SECRET) : null, null, "", language, true, true);
  }

  static ChannelSettings slackBot(String url) {
    return new ChannelSettings(
        ChannelKind.SLACK,
        new Secret(url),
        null,
        new Secret(TOKEN),
        "C0123456789",
        Language.ENGLISH,
        true,
        true);
  }
}
