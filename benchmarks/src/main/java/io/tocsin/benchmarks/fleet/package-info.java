// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Pods whose series are scraped and sent as Prometheus does it, with faults that are to be found.
 */
@NullMarked
package io.tocsin.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
