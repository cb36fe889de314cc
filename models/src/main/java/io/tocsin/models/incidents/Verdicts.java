// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/**
 * What people have said of a suspect in incidents so far, as far as it is remembered.
 *
 * @param confirmed how often that it was the cause
 * @param dismissed how often that it was not
 */
public record Verdicts(int confirmed, int dismissed) {
  /** Of one of whom nothing was said. */
  public static final Verdicts NONE = new Verdicts(0, 0);
}
