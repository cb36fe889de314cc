// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Labelled series of public corpora: found, read, and with what could not be read named. */
@NullMarked
package io.tocsin.benchmarks.quality.corpora;

import org.jspecify.annotations.NullMarked;
