// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.otlp;

import io.tocsin.connectors.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics and traces go, if anywhere.
 *
 * @param endpoint the collector without {@code /v1/metrics} and {@code /v1/traces}, such as {@code
 *     http://otel-collector:4318}; null for nowhere
 * @param headers what requests carry besides, such as a token; secret for that reason
 * @param interval how often metrics are sent
 * @param timeout for one request
 * @param waiting how many requests wait while the collector does not take them; of more, the oldest
 *     are given up
 */
public record OtlpSettings(
    @Nullable URI endpoint,
    Map<String, Secret> headers,
    Duration interval,
    Duration timeout,
    int waiting) {
  /** Nothing goes anywhere. */
  public static final OtlpSettings DEFAULTS =
      new OtlpSettings(null, Map.of(), Duration.ofMinutes(1), Duration.ofSeconds(10), 64);

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  private static final String HTTP = "http/protobuf";
  private static final String NAME = "[A-Za-z0-9-]{1,100}";

  /** A name, and a value in which every percent sign begins an escape. */
  private static final Pattern HEADER =
      Pattern.compile("(" + NAME + ")\\s*=\\s*((?:[^%]|%[0-9A-Fa-f]{2})*)");

  /** Set by whoever sends, or not allowed to be set by the JDK. */
  private static final Set<String> RESERVED =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

  public OtlpSettings {
    headers = Map.copyOf(headers);
    require(endpoint == null || isBase(endpoint), "endpoint must be like http://collector:4318");
    for (String name : headers.keySet()) {
      require(
          name.matches(NAME) && isOwn(name),
          "headers must have names of HTTP headers that are not the gateway's");
    }
    require(interval.toMillis() >= 1_000, "interval must be 1s or longer");
    require(timeout.toMillis() >= 1, "timeout must be longer than zero");
    require(waiting >= 1, "waiting must be 1 or more");
  }

  private static boolean isOwn(String header) {
    return !RESERVED.contains(header.toLowerCase(Locale.ROOT));
  }

  private static boolean isBase(URI url) {
    return Set.of("http", "https").contains(String.valueOf(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getQuery() == null
        && url.getFragment() == null;
  }

  /**
   * The defaults, but for what OpenTelemetry's own variables say: where to, and which headers.
   *
   * @throws IllegalArgumentException with a sentence that names the variable, when one is wrong
   */
  public static OtlpSettings of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault(ENDPOINT, "").strip();
    if (endpoint.isEmpty()) {
      return DEFAULTS;
    }
    require(
        environment.getOrDefault(PROTOCOL, HTTP).equals(HTTP),
        PROTOCOL + " must be " + HTTP + ", or not be set: the gateway speaks no other");
    URI url = uri(endpoint);
    require(url != null && isBase(url), ENDPOINT + " must be like http://collector:4318");
    return new OtlpSettings(
        url,
        headers(environment.getOrDefault(HEADERS, "")),
        DEFAULTS.interval,
        DEFAULTS.timeout,
        DEFAULTS.waiting);
  }

  /** Null when it is none: what is wrong with it would say a password that is in it. */
  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static Map<String, Secret> headers(String text) {
    Map<String, Secret> headers = new HashMap<>();
    for (String pair : List.of(text.split(",", -1))) {
      Matcher header = HEADER.matcher(pair.strip());
      boolean right = header.matches() && isOwn(header.group(1));
      require(
          right || pair.isBlank(),
          HEADERS + " must be like name=value,name=value, with escapes as in URLs");
      if (right) {
        String value = header.group(2).replace("+", "%2B");
        headers.put(header.group(1), new Secret(URLDecoder.decode(value, StandardCharsets.UTF_8)));
      }
    }
    return headers;
  }

  URI address(OtlpExporter.Signal signal) {
    if (endpoint == null) {
      throw new IllegalStateException("there is no endpoint");
    }
    return URI.create(endpoint.toString().replaceAll("/+$", "") + "/v1/" + signal.word());
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
