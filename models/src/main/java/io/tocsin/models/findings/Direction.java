// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.findings;

/** To which side of what was expected a value lies. */
public enum Direction {
  UP,
  DOWN
}
