// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.logs;

/** What becomes of a line. */
public enum LineFate {
  /** Counted in the interval of its time, or of its arrival. */
  COUNTED,
  /** Learned and not counted: it was held back for too long. */
  LATE,
  /** Of one service too many. */
  REFUSED
}
