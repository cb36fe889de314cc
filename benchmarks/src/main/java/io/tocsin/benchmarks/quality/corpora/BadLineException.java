// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

/** A line that cannot be read; the message is the reason. */
public final class BadLineException extends Exception {
  private static final long serialVersionUID = 1;

  public BadLineException(String reason) {
    super(reason);
  }

  public BadLineException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
