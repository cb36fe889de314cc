// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is answered to a request.
 *
 * @param status the HTTP status
 * @param reason why nothing was taken, a word of a small set for a metric's label; empty when
 *     something was
 * @param headers further headers
 * @param body empty for none; what is read of it leaves it as it is
 */
record Answer(int status, String reason, Map<String, String> headers, ByteBuffer body) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  Answer(int status, String reason, Map<String, String> headers, String text) {
    this(status, reason, headers, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public ByteBuffer body() {
    return body.asReadOnlyBuffer();
  }

  /** A good answer in plain text. */
  static Answer good(int status, String text) {
    return new Answer(status, "", Map.of("Content-Type", PLAIN), text);
  }

  /** A refusal with one sentence for people. */
  static Answer refusal(int status, String reason, String sentence) {
    return new Answer(status, reason, Map.of("Content-Type", PLAIN), sentence + "\n");
  }

  /**
   * Asks the sender to try again: nothing is known to be wrong with the request. Never 429, at
   * which Prometheus drops what it sent unless told otherwise.
   */
  static Answer again(String reason, String sentence) {
    return new Answer(
        503, reason, Map.of("Content-Type", PLAIN, "Retry-After", "2"), sentence + "\n");
  }
}
