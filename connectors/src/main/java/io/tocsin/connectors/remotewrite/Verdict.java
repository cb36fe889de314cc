// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

import io.tocsin.connectors.remotewrite.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Where the parts of the decoder leave the first fault that they find. */
final class Verdict {
  private @Nullable Rejection rejection;

  void clear() {
    rejection = null;
  }

  /** Notes the first fault; always {@code false}, so that a check can return it. */
  boolean reject(Reason reason, String detail) {
    if (rejection == null) {
      rejection = new Rejection(reason, detail);
    }
    return false;
  }

  /** Adds to the detail in which series the fault is; {@code false} as well. */
  boolean inSeries(int series) {
    if (rejection != null) {
      rejection = new Rejection(rejection.reason(), "series " + series + ": " + rejection.detail());
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
