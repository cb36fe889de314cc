// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

/** What became of a request. */
public enum Outcome {
  /** Alertmanager has the alerts. */
  DELIVERED,
  /** It is down, overloaded or silent; the same may succeed later. */
  UNAVAILABLE,
  /** It refuses alerts of this batch; the same will never succeed. It has taken the others. */
  REJECTED,
  /** It refuses us: credentials or the URL are wrong. Tried again, since people may repair it. */
  DENIED;

  /** What a status code of Alertmanager, or of a proxy before it, means. */
  static Outcome ofStatus(int status) {
    if (status >= 200 && status < 300) {
      return DELIVERED;
    }
    return switch (status) {
      case 400, 413, 422 -> REJECTED;
      case 408, 425, 429 -> UNAVAILABLE;
      default -> status >= 500 ? UNAVAILABLE : DENIED;
    };
  }
}
