// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

/** What a field of a structured record can be. */
enum LogField {
  TIME(0),
  MESSAGE(1),
  SEVERITY(2),
  NAMESPACE(3),
  SERVICE(4),
  POD(5),
  HOST(6),
  CONTAINER(7),
  STREAM(8),
  TRACE(9);

  static final LogField[] ALL = values();

  private final int place;

  LogField(int place) {
    this.place = place;
  }

  /** Where arrays of what there is for each field have this one's. */
  int place() {
    return place;
  }
}
