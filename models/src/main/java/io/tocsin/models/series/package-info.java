// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** The state of all series of one shard: rows, dictionary, admission of samples. */
@NullMarked
package io.tocsin.models.series;

import org.jspecify.annotations.NullMarked;
