// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What the detector is compared with: simple ones, and AWS Random Cut Forest. */
@NullMarked
package io.tocsin.benchmarks.quality.baselines;

import org.jspecify.annotations.NullMarked;
