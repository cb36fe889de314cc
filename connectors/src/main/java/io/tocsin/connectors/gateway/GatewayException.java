// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why the gateway cannot start. */
public final class GatewayException extends Exception {
  private static final long serialVersionUID = 1;

  GatewayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
