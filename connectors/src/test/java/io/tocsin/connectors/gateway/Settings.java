// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.chat.ChatSettings;
import io.tocsin.connectors.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings for tests. */
final class Settings {
  private Settings() {}

  /** These settings, but with any free port of this machine. */
  static GatewaySettings onAnyPort(GatewaySettings settings) {
    ListenSettings listen = settings.listen();
    return with(
        settings,
        new ListenSettings(
            "127.0.0.1", 0, listen.idleTimeout(), listen.maxConnections(), listen.tls()));
  }

  static GatewaySettings withIdleTimeout(Duration idleTimeout) {
    return with(
        withHeartbeat(Duration.ZERO), new ListenSettings("127.0.0.1", 0, idleTimeout, 100, null));
  }

  /** The defaults but for limits and token, on any free port. */
  static GatewaySettings with(LimitSettings limits, @Nullable Secret bearerToken) {
    GatewaySettings usual = onAnyPort(GatewaySettings.DEFAULTS);
    return new GatewaySettings(
        usual.listen(),
        usual.kafka(),
        limits,
        bearerToken,
        usual.tenantHeader(),
        Duration.ZERO,
        usual.alertmanagers(),
        usual.page(),
        usual.chat(),
        usual.otlp());
  }

  /** The defaults but for Kafka, on any free port. */
  static GatewaySettings with(KafkaSettings kafka) {
    GatewaySettings usual = onAnyPort(GatewaySettings.DEFAULTS);
    return new GatewaySettings(
        usual.listen(),
        kafka,
        usual.limits(),
        null,
        usual.tenantHeader(),
        usual.heartbeat(),
        usual.alertmanagers(),
        usual.page(),
        usual.chat(),
        usual.otlp());
  }

  static GatewaySettings withHeartbeat(Duration heartbeat) {
    GatewaySettings usual = onAnyPort(GatewaySettings.DEFAULTS);
    return new GatewaySettings(
        usual.listen(),
        usual.kafka(),
        usual.limits(),
        null,
        usual.tenantHeader(),
        heartbeat,
        usual.alertmanagers(),
        usual.page(),
        usual.chat(),
        usual.otlp());
  }

  static GatewaySettings with(GatewaySettings settings, ListenSettings listen) {
    return new GatewaySettings(
        listen,
        settings.kafka(),
        settings.limits(),
        settings.bearerToken(),
        settings.tenantHeader(),
        settings.heartbeat(),
        settings.alertmanagers(),
        settings.page(),
        settings.chat(),
        settings.otlp());
  }

  /** The defaults but for chat, on any free port, without heartbeats. */
  static GatewaySettings with(ChatSettings chat) {
    GatewaySettings usual = onAnyPort(GatewaySettings.DEFAULTS);
    return new GatewaySettings(
        usual.listen(),
        usual.kafka(),
        usual.limits(),
        null,
        usual.tenantHeader(),
        Duration.ZERO,
        usual.alertmanagers(),
        usual.page(),
        chat,
        usual.otlp());
  }
}
