// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.alertmanager.AlertmanagerAddress;
import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.otlp.OtlpSettings;
import io.tocsin.connectors.page.PageSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the gateway.
 *
 * @param listen where it listens
 * @param kafka where it writes
 * @param limits what it takes at most
 * @param bearerToken what senders must present, or null when anybody may send
 * @param tenantHeader the request header that names the tenant
 * @param heartbeat how often an empty body goes to every partition of the metrics, so that event
 *     time goes on where nobody sends; zero for never
 * @param alertmanagers where alerts of incidents that somebody mutes are silenced
 * @param page the incident page
 * @param chat where messages about incidents go
 * @param otlp where metrics and traces go, beside Prometheus
 */
public record GatewaySettings(
    ListenSettings listen,
    KafkaSettings kafka,
    LimitSettings limits,
    @Nullable Secret bearerToken,
    String tenantHeader,
    Duration heartbeat,
    List<AlertmanagerAddress> alertmanagers,
    PageSettings page,
    ChatSettings chat,
    OtlpSettings otlp) {
  public static final GatewaySettings DEFAULTS =
      new GatewaySettings(
          ListenSettings.DEFAULTS,
          KafkaSettings.DEFAULTS,
          LimitSettings.DEFAULTS,
          null,
          "X-Scope-OrgID",
          Duration.ofMillis(250),
          List.of(),
          PageSettings.DEFAULTS,
          ChatSettings.DEFAULTS,
          OtlpSettings.DEFAULTS);

  private static final long SHORTEST_HEARTBEAT_MILLIS = 100;

  public GatewaySettings {
    alertmanagers = List.copyOf(alertmanagers);
    if (!tenantHeader.matches("[A-Za-z0-9-]{1,100}")) {
      throw new IllegalArgumentException("tenantHeader must be the name of an HTTP header");
    }
    Check.that(
        heartbeat.isZero() || heartbeat.toMillis() >= SHORTEST_HEARTBEAT_MILLIS,
        "heartbeat must be 0s, for none, or 100ms or longer");
  }

  /** These, but for OTLP. */
  public GatewaySettings with(OtlpSettings otherOtlp) {
    return new GatewaySettings(
        listen,
        kafka,
        limits,
        bearerToken,
        tenantHeader,
        heartbeat,
        alertmanagers,
        page,
        chat,
        otherOtlp);
  }
}
