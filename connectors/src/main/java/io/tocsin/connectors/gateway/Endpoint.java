// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

/** What is behind one path. */
interface Endpoint {
  /** Answers the request, now or later. */
  void handle(Exchange exchange);
}
