// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.util.Map;

/**
 * What is answered to a request.
 *
 * @param status the HTTP status
 * @param reason why nothing was taken, a word of a small set for a metric's label; empty when
 *     something was
 * @param headers further headers
 * @param text the body; empty for none
 */
record Answer(int status, String reason, Map<String, String> headers, String text) {
  private static final String PLAIN = "text/plain; charset=utf-8";

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
