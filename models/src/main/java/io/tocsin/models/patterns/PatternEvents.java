// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** Told of what happened to a service's patterns since the last time. */
public interface PatternEvents {
  /** A line founded a pattern. */
  void founded(long id, long time);

  /** Two patterns turned out to be one; the first id is from now on an alias of the second. */
  void merged(long from, long into, long time);

  /** A pattern made room for a new one. */
  void evicted(long id, long time);
}
