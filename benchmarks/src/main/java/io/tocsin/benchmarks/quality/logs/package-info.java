// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** How well patterns of log lines are found, and what they are good for. */
@NullMarked
package io.tocsin.benchmarks.quality.logs;

import org.jspecify.annotations.NullMarked;
