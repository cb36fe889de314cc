// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** What became of a record that was handed to Kafka. */
enum Delivery {
  /** All replicas in sync have it. */
  WRITTEN,
  /** It is not known to be written, and may be later on. */
  UNSURE,
  /** It is larger than the topic takes, now and ever. */
  TOO_LARGE;

  /** The meaning of what a producer reports; null stands for success. */
  static Delivery of(@Nullable Throwable error) {
    if (error == null) {
      return WRITTEN;
    }
    return error instanceof RecordTooLargeException ? TOO_LARGE : UNSURE;
  }
}
