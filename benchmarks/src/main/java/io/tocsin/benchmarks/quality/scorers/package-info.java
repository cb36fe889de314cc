// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What is compared: something that scores series sample by sample. */
@NullMarked
package io.tocsin.benchmarks.quality.scorers;

import org.jspecify.annotations.NullMarked;
