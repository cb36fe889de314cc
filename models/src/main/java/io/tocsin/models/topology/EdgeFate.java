// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

/** What became of an edge that was told. */
public enum EdgeFate {
  /** It was not known. */
  NEW,
  /** It was known, and is now known for longer. */
  SEEN,
  /** It was not known, and an older one went for it: there are more than may be kept. */
  DISPLACING,
  /** A service that calls itself says nothing of others. */
  SELF,
  /** An end has neither service nor workload. */
  NAMELESS,
  /** It was told of before all that may be kept. */
  OLD
}
