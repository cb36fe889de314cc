// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.connectors.prometheus.PrometheusException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks the HTTP API, one request at a time. While Prometheus is not there or busy, it asks again
 * after a pause that grows, or after as long as Prometheus says, until its patience ends. One that
 * has never answered is not waited for: its address may be wrong. Not safe for several threads.
 */
final class ApiClient {
  /** Takes an answer as it streams in. */
  interface Reader<T> {
    T read(InputStream answer) throws IOException, PrometheusException;
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final long LONGEST_PAUSE_MILLIS = 15_000;
  private static final int MOST_ERROR_BYTES = 64 * 1024;

  private final PrometheusAddress address;
  private final Duration patience;
  private final Duration firstPause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private boolean answered;

  /** An answer that may be another one the next time. */
  private static final class AskAgain extends Exception {
    private static final long serialVersionUID = 1;
    private final long pause;

    /** After a pause in ms. */
    AskAgain(String message, long pause) {
      super(message);
      this.pause = pause;
    }
  }

  ApiClient(PrometheusAddress address, Duration patience, Duration firstPause) {
    this.address = address;
    this.patience = patience;
    this.firstPause = firstPause;
  }

  /**
   * Asks an endpoint.
   *
   * @param form what is posted; a GET without anything
   */
  <T> T ask(String path, Map<String, String> form, Reader<T> reader)
      throws PrometheusException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long pause = firstPause.toMillis();
    while (true) {
      try {
        return attempt(request(address.endpoint(path), form), reader);
      } catch (AskAgain busy) {
        if (!answered || System.nanoTime() - deadline > 0) {
          throw new PrometheusException(
              Kind.UNAVAILABLE, "%s %s".formatted(address.url(), busy.getMessage()), busy);
        }
        TimeUnit.MILLISECONDS.sleep(Math.max(pause, Math.min(LONGEST_PAUSE_MILLIS, busy.pause)));
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
      }
    }
  }

  private HttpRequest request(URI uri, Map<String, String> form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("User-Agent", "tocsin");
    if (!address.authorization().reveal().isEmpty()) {
      request.header("Authorization", address.authorization().reveal());
    }
    if (!form.isEmpty()) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }
    return request.build();
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private <T> T attempt(HttpRequest request, Reader<T> reader)
      throws AskAgain, PrometheusException, InterruptedException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answered = true;
      try (InputStream body = response.body()) {
        if (response.statusCode() == 200) {
          return reader.read(body);
        }
        String text = new String(body.readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
        throw refusal(response, text);
      }
    } catch (JsonProcessingException e) {
      throw new PrometheusException(
          Kind.UNREADABLE, "the answer of " + address.url() + " is not JSON; is the URL right?", e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new AskAgain("cannot be reached: " + why, 0);
    }
  }

  /** What an answer other than 200 means. */
  private PrometheusException refusal(HttpResponse<?> response, String body) throws AskAgain {
    int status = response.statusCode();
    JsonNode json = json(body);
    String error = json.path("error").asText(body.strip().lines().findFirst().orElse(""));
    String type = json.path("errorType").asText();
    if (status == 422 || type.equals("timeout") || type.equals("execution")) {
      return new PrometheusException(Kind.TOO_MUCH, error);
    }
    if (status == 401 || status == 403) {
      return new PrometheusException(
          Kind.UNAUTHORISED,
          "%s answers %d: it wants a bearer token, or a user and a password, and these are not right"
              .formatted(address.url(), status));
    }
    if (status == 429 || status >= 500) {
      throw new AskAgain("answers %d %s".formatted(status, error).strip(), retryAfter(response));
    }
    return new PrometheusException(
        Kind.REFUSED, "%s answers %d: %s".formatted(address.url(), status, error));
  }

  /** How long the server wants not to be asked, in ms. */
  private static long retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,6}") ? 1000 * Long.parseLong(seconds) : 0;
  }

  private static JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }

  /** Reads a small answer whole: its {@code data}. */
  static JsonNode data(InputStream answer) throws IOException {
    return MAPPER.readTree(answer).path("data");
  }
}
