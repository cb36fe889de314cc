// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the gateway.
 *
 * @param listen where it listens
 * @param kafka where it writes
 * @param limits what it takes at most
 * @param bearerToken what senders must present, or null when anybody may send
 * @param tenantHeader the request header that names the tenant
 */
public record GatewaySettings(
    ListenSettings listen,
    KafkaSettings kafka,
    LimitSettings limits,
    @Nullable Secret bearerToken,
    String tenantHeader) {
  public static final GatewaySettings DEFAULTS =
      new GatewaySettings(
          ListenSettings.DEFAULTS,
          KafkaSettings.DEFAULTS,
          LimitSettings.DEFAULTS,
          null,
          "X-Scope-OrgID");

  public GatewaySettings {
    if (!tenantHeader.matches("[A-Za-z0-9-]{1,100}")) {
      throw new IllegalArgumentException("tenantHeader must be the name of an HTTP header");
    }
  }
}
