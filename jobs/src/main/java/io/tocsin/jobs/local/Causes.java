// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

/** Finds what to tell of an exception. */
final class Causes {
  private Causes() {}

  /** The message of the cause at the bottom, without a full stop. */
  static String first(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String told = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    String line = told.strip().lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
