// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0

/** Costs of parts of a program, and how two are compared. */
@NullMarked
package io.tocsin.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
