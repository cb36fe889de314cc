// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.nio.ByteBuffer;

/**
 * A picture of what an incident is felt by.
 *
 * @param path where the gateway shows it; another one when the incident has changed, so that nobody
 *     shows what somebody kept of an earlier one
 * @param png the picture; what is read of it leaves it as it is
 */
public record Picture(String path, ByteBuffer png) {
  @Override
  public ByteBuffer png() {
    return png.asReadOnlyBuffer();
  }
}
