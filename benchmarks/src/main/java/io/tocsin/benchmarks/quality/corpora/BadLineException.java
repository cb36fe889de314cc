// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

/** A line that cannot be read; the message is the reason. */
final class BadLineException extends Exception {
  private static final long serialVersionUID = 1;

  BadLineException(String reason) {
    super(reason);
  }

  BadLineException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
