// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0

/** The whole way of a sample from Kafka to its finding: its cost, its delay and its growth. */
@NullMarked
package io.tocsin.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
