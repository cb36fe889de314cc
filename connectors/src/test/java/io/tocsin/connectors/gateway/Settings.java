// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.time.Duration;

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
        GatewaySettings.DEFAULTS, new ListenSettings("127.0.0.1", 0, idleTimeout, 100, null));
  }

  static GatewaySettings with(GatewaySettings settings, ListenSettings listen) {
    return new GatewaySettings(
        listen,
        settings.kafka(),
        settings.limits(),
        settings.bearerToken(),
        settings.tenantHeader());
  }
}
