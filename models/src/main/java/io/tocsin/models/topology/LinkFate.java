// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.topology;

/** What became of a link that was told. */
public enum LinkFate {
  /** The object was not known. */
  NEW,
  /** It was known, and is now known for longer. */
  SEEN,
  /** The object had another owner, or was on another node. */
  MOVED,
  /** It was not known, and an older one went for it: there are more than may be kept. */
  DISPLACING,
  /** The object would own itself, by way of others or not. */
  CYCLIC,
  /** The object has no name or namespace, or its owner no kind or no name. */
  NAMELESS,
  /** It was told of before what is known, or before all that may be kept. */
  OLD
}
