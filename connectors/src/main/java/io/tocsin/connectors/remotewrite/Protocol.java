// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.remotewrite;

/** The two versions of remote write, each with a message of its own. */
public enum Protocol {
  /** Remote write 1.0: labels are spelled out in every series. */
  V1("prometheus.WriteRequest", "0.1.0"),
  /** Remote write 2.0: labels are references into a table of symbols. */
  V2("io.prometheus.write.v2.Request", "2.0.0");

  private final String message;
  private final String version;

  Protocol(String message, String version) {
    this.message = message;
    this.version = version;
  }

  /** The protobuf message's full name, as in {@code Content-Type: …;proto=}. */
  public String message() {
    return message;
  }

  /** What a sender puts into the version header. */
  public String version() {
    return version;
  }
}
