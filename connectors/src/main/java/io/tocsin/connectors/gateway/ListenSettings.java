// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens.
 *
 * @param host the address; 0.0.0.0 for all
 * @param port the port; 0 for any free one
 * @param idleTimeout after which a connection on which nothing moves is closed
 * @param maxConnections how many connections are open at once; more have to wait
 * @param tls certificate and key, or null for plain HTTP
 */
public record ListenSettings(
    String host, int port, Duration idleTimeout, int maxConnections, @Nullable TlsSettings tls) {
  public static final ListenSettings DEFAULTS =
      new ListenSettings("127.0.0.1", 9201, Duration.ofSeconds(60), 2_000, null);

  public ListenSettings {
    Check.that(!host.isBlank(), "host must not be empty");
    Check.that(port >= 0 && port <= 65_535, "port must be from 0 to 65535");
    Check.positive(idleTimeout, "idleTimeout");
    Check.that(maxConnections >= 1, "maxConnections must be 1 or more");
  }
}
