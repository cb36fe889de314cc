// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Has one Alertmanager silence alerts, through its API, version 2. */
public final class SilenceClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();

  private final AlertmanagerAddress address;

  public SilenceClient(AlertmanagerAddress address) {
    this.address = address;
  }

  /**
   * What is to be silent: alerts with this value of this label.
   *
   * @param createdBy who wants it
   * @param comment why
   */
  public record Silence(
      String label, String value, Instant from, Instant until, String createdBy, String comment) {
    byte[] json() {
      try {
        return JSON.writeValueAsBytes(
            Map.of(
                "matchers",
                List.of(Map.of("name", label, "value", value, "isRegex", false, "isEqual", true)),
                "startsAt",
                from.toString(),
                "endsAt",
                until.toString(),
                "createdBy",
                createdBy,
                "comment",
                comment));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a silence cannot be written as JSON", e);
      }
    }
  }

  /**
   * What Alertmanager said.
   *
   * @param silenced whether it has silenced
   * @param text the silence's id, or what went wrong
   */
  public record Answer(boolean silenced, String text) {
    /** An answer that says why it was not done. */
    public static Answer refused(String reason) {
      return new Answer(false, reason);
    }
  }

  /** Asks for a silence; whatever happens is an answer. */
  public Answer post(Silence silence) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.silences())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "tocsin")
            .POST(HttpRequest.BodyPublishers.ofByteArray(silence.json()));
    String authorization = address.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? new Answer(true, JSON.readTree(response.body()).path("silenceID").asText())
          : Answer.refused(address.url() + " answered " + response.statusCode());
    } catch (IOException e) {
      return Answer.refused(address.url() + " does not answer: " + e.getMessage());
    }
  }
}
