// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** How well the problems of the simulated shop are found, told apart and explained. */
@NullMarked
package io.tocsin.benchmarks.quality.shop;

import org.jspecify.annotations.NullMarked;
