// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What is counted of scores and labels; no measure knows how scores came about. */
@NullMarked
package io.tocsin.benchmarks.quality.measures;

import org.jspecify.annotations.NullMarked;
