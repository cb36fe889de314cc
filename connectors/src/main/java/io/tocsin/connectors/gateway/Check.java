// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.time.Duration;

/** Checks of settings; the message of a refusal is one sentence that names the component. */
final class Check {
  private Check() {}

  static void that(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }

  static void positive(Duration duration, String name) {
    that(duration.compareTo(Duration.ZERO) > 0, name + " must be longer than zero");
  }
}
