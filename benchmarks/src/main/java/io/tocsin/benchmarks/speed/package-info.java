// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** How fast the parts and the whole are, always beside something to compare with. */
@NullMarked
package io.tocsin.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
