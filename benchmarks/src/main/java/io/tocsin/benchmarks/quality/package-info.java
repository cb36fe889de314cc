// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** How well anomalies are found, always beside something to compare with. */
@NullMarked
package io.tocsin.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
