// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

/** Something the user can understand and act upon: its message is one sentence, shown as it is. */
public final class LocalRunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LocalRunException(String message) {
    super(message);
  }

  public LocalRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
