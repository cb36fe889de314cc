// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Where the parts of the decoder leave the first fault that they find. */
final class Verdict {
  private int series = -1;
  private @Nullable Rejection rejection;

  void clear() {
    series = -1;
    rejection = null;
  }

  /** Names the series that is being read, for the detail; -1 for none. */
  void about(int index) {
    series = index;
  }

  /** Notes a fault; always {@code false}, so that a check can return it. */
  boolean reject(Reason reason, String detail) {
    if (rejection == null) {
      String where = series < 0 ? "" : "series " + series + ": ";
      rejection = new Rejection(reason, where + detail);
    }
    return false;
  }

  boolean malformed() {
    return reject(Reason.PROTOBUF, "this is not the protobuf message that was announced");
  }

  @Nullable Rejection rejection() {
    return rejection;
  }
}
