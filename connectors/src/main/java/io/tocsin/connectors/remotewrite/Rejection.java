// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

/**
 * Why a body or a request was not accepted; returned, never thrown.
 *
 * @param reason the kind of fault
 * @param detail one sentence for the sender: what is wrong and where
 */
public record Rejection(Reason reason, String detail) {

  /** The kinds of fault. The words are metric labels: they stay as they are. */
  public enum Reason {
    UNSUPPORTED_TYPE("unsupported_type", 415),
    UNSUPPORTED_ENCODING("unsupported_encoding", 415),
    UNSUPPORTED_VERSION("unsupported_version", 415),
    BODY_TOO_LARGE("body_too_large", 413),
    DECODED_TOO_LARGE("decoded_too_large", 413),
    COMPRESSION("compression", 400),
    PROTOBUF("protobuf", 400),
    WRONG_PROTOCOL("wrong_protocol", 400),
    UTF8("utf8", 400),
    LABELS("labels", 400),
    SYMBOLS("symbols", 400),
    SERIES("series", 400),
    HISTOGRAM("histogram", 400),
    LIMIT("limit", 400);

    private final String word;
    private final int status;

    Reason(String word, int status) {
      this.word = word;
      this.status = status;
    }

    /** A stable lower-case word, for metrics and dead letters. */
    public String word() {
      return word;
    }

    /** The HTTP status that tells a sender of this; never one that makes it try again. */
    public int status() {
      return status;
    }
  }
}
