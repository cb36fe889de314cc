// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why the topics are not as they must be. */
public final class TopicException extends Exception {
  private static final long serialVersionUID = 1;

  TopicException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
