// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What the jobs tell of their own health, in Flink's metric system. */
@NullMarked
package io.tocsin.jobs.health;

import org.jspecify.annotations.NullMarked;
