// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0

/** How measured figures are told: what they were measured with, tables, texts kept up to date. */
@NullMarked
package io.tocsin.benchmarks.report;

import org.jspecify.annotations.NullMarked;
