// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Labelled failures, and how well their causes are named. */
@NullMarked
package io.tocsin.benchmarks.quality.causes;

import org.jspecify.annotations.NullMarked;
