// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

/** Where in its life a finding is. */
public enum Phase {
  /** The first record of a finding. */
  STARTED,
  /** It lasts, and its score or its age is news. */
  CONTINUES,
  /** The series is within its band again, or gone. */
  ENDED
}
