// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0

/** Single parts under JMH. */
@NullMarked
package io.tocsin.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
