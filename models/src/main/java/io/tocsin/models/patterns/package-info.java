// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Log lines become patterns with stable ids: the scanner, the miner, its state, secrets hidden. */
@NullMarked
package io.tocsin.models.patterns;

import org.jspecify.annotations.NullMarked;
