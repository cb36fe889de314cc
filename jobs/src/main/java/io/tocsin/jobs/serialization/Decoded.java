// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.serialization;

import io.tocsin.models.telemetry.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What a Kafka record turned out to be: a value, or a dead letter. Exactly one is present.
 *
 * @param <T> the value
 */
public record Decoded<T>(@Nullable T value, @Nullable DeadLetter unreadable) {
  public Decoded {
    if ((value == null) == (unreadable == null)) {
      throw new IllegalArgumentException("a decoded record holds a value or a dead letter");
    }
  }

  static <T> Decoded<T> of(T value) {
    return new Decoded<>(value, null);
  }

  static <T> Decoded<T> unreadable(DeadLetter letter) {
    return new Decoded<>(null, letter);
  }
}
