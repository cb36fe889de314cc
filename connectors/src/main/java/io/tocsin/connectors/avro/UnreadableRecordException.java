// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.avro;

import org.jspecify.annotations.Nullable;

/** Says that bytes are not a record of the expected type. */
public final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1;

  /** The bytes do not begin with the marker of Avro's single-object encoding. */
  public static final String NOT_AVRO = "not_avro";

  /** The schema's fingerprint is unknown: another type, or a later version. */
  public static final String UNKNOWN_SCHEMA = "unknown_schema";

  /** The bytes do not follow their schema, or hold a value that the type refuses. */
  public static final String MALFORMED = "malformed";

  private final String reason;

  UnreadableRecordException(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** One of the words above, fit for a metric's label. */
  public String reason() {
    return reason;
  }
}
