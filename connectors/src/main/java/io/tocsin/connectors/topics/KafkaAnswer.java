// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what Kafka answers. */
final class KafkaAnswer {
  private KafkaAnswer() {}

  /**
   * The answer.
   *
   * @throws TopicException when there is none in time
   */
  static <T> T await(KafkaFuture<T> future, Duration timeout)
      throws TopicException, InterruptedException, ExecutionException {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TopicException("Kafka did not answer within " + timeout.toSeconds() + " s", e);
    }
  }

  /** What went wrong, with the reason that Kafka gives. */
  static TopicException failure(String what, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new TopicException(what + ": " + cause.getMessage(), cause);
  }
}
