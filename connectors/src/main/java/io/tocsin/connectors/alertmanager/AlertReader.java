// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.connectors.http.HttpPoster;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one Alertmanager which incidents it knows of, through its API, version 2. */
public final class AlertReader {
  private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 8 << 20;
  private static final String OF_INCIDENTS =
      "?filter=" + URLEncoder.encode("incident!=\"\"", StandardCharsets.UTF_8);

  private final HttpPoster http = new HttpPoster(TIMEOUT);
  private final AlertmanagerAddress address;

  public AlertReader(AlertmanagerAddress address) {
    this.address = address;
  }

  /** Who is asked, without what it is asked with. */
  public String name() {
    return address.url().getAuthority();
  }

  /** When it got each incident last, by id; nothing when it does not answer. */
  public Map<String, Instant> incidents() throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.alerts() + OF_INCIDENTS))
            .header("User-Agent", "tocsin");
    String authorization = address.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpPoster.Reply reply = http.get(request, MOST_BYTES);
    if (reply.status() != 200) {
      LOG.debug("Alertmanager {} answers {}", name(), reply.status());
      return Map.of();
    }
    try {
      return read(JSON.readTree(reply.body()));
    } catch (IOException | DateTimeException e) {
      LOG.debug("the answer of Alertmanager {} cannot be read", name(), e);
      return Map.of();
    }
  }

  private static Map<String, Instant> read(JsonNode alerts) {
    Map<String, Instant> incidents = new HashMap<>();
    for (JsonNode alert : alerts) {
      incidents.put(
          alert.path("labels").path("incident").asText(),
          Instant.parse(alert.path("updatedAt").asText()));
    }
    return incidents;
  }
}
