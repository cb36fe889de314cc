// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

/** What became of a message, as far as it decides what to do next. */
public enum ChatOutcome {
  /** It is there. */
  SENT,
  /** The channel takes no more for now; the same again later. */
  LIMITED,
  /** Nobody answers, or the other side has trouble; the same again later. */
  UNAVAILABLE,
  /** This message will never be taken. */
  REFUSED,
  /** The credential is not valid any more: no message will be taken before a person acts. */
  REVOKED,
  /** The URL leads where nothing may be sent: into the own network, or elsewhere by a redirect. */
  FORBIDDEN;

  /** Whether the same message may get through later. */
  boolean passing() {
    return this == LIMITED || this == UNAVAILABLE;
  }
}
