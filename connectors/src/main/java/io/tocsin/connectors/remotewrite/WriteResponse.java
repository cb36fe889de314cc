// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

/** What the answer to a remote-write request of our own means. */
public enum WriteResponse {
  /** Taken: nothing more to do. */
  DELIVERED,
  /** Not taken now: the same body may be sent again later. */
  RETRY,
  /** Never to be taken: sending it again is of no use. */
  DROP;

  /** The meaning of an HTTP status. */
  public static WriteResponse ofStatus(int status) {
    if (status >= 200 && status < 300) {
      return DELIVERED;
    }
    return status >= 500 || status == 429 ? RETRY : DROP;
  }
}
