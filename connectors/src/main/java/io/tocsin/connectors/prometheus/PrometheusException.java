// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import org.jspecify.annotations.Nullable;

/** What a Prometheus was asked for has not come; the message says why in a sentence. */
public final class PrometheusException extends Exception {
  private static final long serialVersionUID = 1;

  /** What it means. */
  public enum Kind {
    /** It was not there, or too busy, for as long as it was waited for. */
    UNAVAILABLE,
    /** It lets nobody in with these credentials. */
    UNAUTHORISED,
    /** It does not take the query. */
    REFUSED,
    /** The answer would be too large: less is to be asked for at once. */
    TOO_MUCH,
    /** The answer is not what the API promises. */
    UNREADABLE
  }

  private final Kind kind;

  PrometheusException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  PrometheusException(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
